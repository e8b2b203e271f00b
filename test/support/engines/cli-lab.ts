import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { after, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { tempFolder } from '../temp-folder.ts';

export const CLI = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));

/** The source is read once for all processes of this file. */
const compiled = mkdtempSync(path.join(tmpdir(), 'parallel-workflow-test-'));
after(() => rmSync(compiled, { recursive: true, force: true }));

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly text: string;
  readonly errors: string;
}

/** A command line that is still under way. */
export interface Running {
  readonly ended: Promise<Ended>;
  readonly said: () => string;
  readonly complained: () => string;
  readonly pid: number;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** A workspace and a state folder of their own. */
export class CliLab {
  readonly folder: string;
  readonly workspace: string;
  readonly env: NodeJS.ProcessEnv;

  constructor(t: TestContext) {
    this.folder = tempFolder(t);
    this.workspace = path.join(this.folder, 'lab');
    mkdirSync(path.join(this.workspace, '.git'), { recursive: true });
    this.env = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, NODE_COMPILE_CACHE: compiled, PARALLEL_WORKFLOW_HOME: path.join(this.folder, 'state') };
    this.write('ok.mjs', 'console.log("fine", ...process.argv.slice(2));');
    this.write('bad.mjs', 'console.error("it broke"); process.exit(3);');
    // Goes on until somebody opens the gate, or the test is gone.
    this.write('gated.mjs', 'import fs from "node:fs"; console.log("begun"); const look = () => fs.existsSync("gate") || !fs.existsSync("ok.mjs") ? console.log("done") : setTimeout(look, 10); look();');
  }

  write(name: string, text: string): string {
    writeFileSync(path.join(this.workspace, name), text);
    return name;
  }

  openGate(): void {
    this.write('gate', '');
  }

  start(...words: readonly string[]): Running {
    const child = spawn(process.execPath, [CLI, ...words], { cwd: this.workspace, env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
    const ended = new Promise<Ended>((resolve) => child.once('close', (code, signal) => resolve({ code, signal, text: said, errors })));
    return { ended, said: () => said, complained: () => errors, pid: child.pid!, kill: (signal) => void child.kill(signal) };
  }

  run(...words: readonly string[]): Promise<Ended> {
    return this.start(...words).ended;
  }

  /** Its output goes to a file. */
  async runInto(file: string, ...words: readonly string[]): Promise<Pick<Ended, 'code' | 'errors'>> {
    const target = openSync(file, 'w');
    const child = spawn(process.execPath, [CLI, ...words], { cwd: this.workspace, env: this.env, stdio: ['ignore', target, 'pipe'] });
    closeSync(target);
    const [errors] = await Promise.all([text(child.stderr!), once(child, 'close')]);
    return { code: child.exitCode, errors };
  }

  async json<T>(...words: readonly string[]): Promise<T> {
    const { text: json, errors } = await this.run(...words, '--json');
    assert.notEqual(json, '', errors);
    return JSON.parse(json) as T;
  }

  /** A shell's program, beside others. */
  shellRun(program: string): Promise<number | null> {
    return new Promise((resolve) => spawn('sh', ['-c', program], { cwd: this.workspace, env: this.env, stdio: 'ignore' }).once('close', resolve));
  }

  /** A shell's own program, with its arguments. */
  shell(program: string, ...words: readonly string[]): { readonly stdout: string; readonly stderr: string } {
    return spawnSync('sh', ['-c', program, ...words], { cwd: this.workspace, env: this.env, encoding: 'utf8' });
  }

  /** The process of a task's run, while it runs. */
  async pidOf(id: number): Promise<number> {
    const { run } = await this.json<{ run: { pid: number } | null }>('show', String(id));
    assert.ok(run !== null);
    return run.pid;
  }
}

export function lives(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  // One that has ended and that nobody has asked about is a zombie.
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}
