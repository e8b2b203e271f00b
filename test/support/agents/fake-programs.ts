import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ProbeLimits, Surroundings } from '../../../src/core/agents/surroundings.ts';
import { pathFinder } from '../../../src/core/launch/find-program.ts';
import { runProgram } from '../../../src/core/process/run-program.ts';
import { tempFolder } from '../temp-folder.ts';

interface Owner {
  after(clean: () => void): void;
}

/** A home and a PATH in folders of a test, empty until it puts programs there. */
export class FakePrograms {
  readonly root: string;
  readonly home: string;
  readonly bin: string;

  constructor(t: Owner) {
    this.root = tempFolder(t);
    this.home = path.join(this.root, 'home');
    this.bin = path.join(this.root, 'bin');
    mkdirSync(this.home);
    mkdirSync(this.bin);
  }

  /** Puts a shell script somewhere, a path relative to the root; it has nothing but the shell's own commands. */
  add(place: string, text: string): string {
    const file = path.join(this.root, place);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  /** A Claude Code of a version that says this about its login. */
  addClaude(place: string, { version = '2.1.329', auth = LOGGED_IN, code = 0, more = '' }: { readonly version?: string; readonly auth?: string; readonly code?: number; readonly more?: string } = {}): string {
    return this.add(place, `case "$1 $2" in\n'--version ') echo '${version} (Claude Code)' ;;\n'auth status') echo '${auth}'; exit ${code} ;;\n${more}\n*) exit 9 ;;\nesac`);
  }

  /** A Python that answers every question like this. */
  addPython(place: string, answer: unknown): string {
    return this.add(place, `echo '${JSON.stringify(answer)}'`);
  }

  surroundings(more: Partial<Surroundings> = {}): Surroundings {
    const env = { PATH: this.bin, HOME: this.home, ...more.env };
    return {
      run: runProgram, finder: pathFinder(env, 'linux'), home: this.home, platform: 'linux', arch: 'x64', systemFolders: [path.join(this.root, 'system', 'bin')],
      limits: PATIENT, claudeExtension: undefined, workspace: undefined, python: undefined, now: () => Math.round(performance.now()), ...more, env,
    };
  }
}

/** A test machine may be slow; only what hangs is to run into a limit. */
export const PATIENT: ProbeLimits = { shellMs: 60_000, versionMs: 60_000, allMs: 60_000 };

export const LOGGED_IN = JSON.stringify({ loggedIn: true, authMethod: 'claude.ai', apiProvider: 'firstParty', subscriptionType: 'max' });
export const LOGGED_OUT = JSON.stringify({ loggedIn: false, authMethod: 'none', apiProvider: 'firstParty' });
