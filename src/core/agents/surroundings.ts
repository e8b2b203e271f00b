import os from 'node:os';
import type { ProgramFinder } from '../launch/find-program.ts';
import type { RunProgram } from '../process/run-program.ts';

/** How long is waited for an answer; milliseconds. */
export interface ProbeLimits {
  /** For a login shell's start. */
  readonly shellMs: number;
  readonly versionMs: number;
  /** For all that is asked, side by side or one after another. */
  readonly allMs: number;
}

export const PROBE_LIMITS: ProbeLimits = { shellMs: 500, versionMs: 600, allMs: 1400 };

/** Where agents are looked for, and how programs are asked. */
export interface Surroundings {
  readonly run: RunProgram;
  readonly finder: ProgramFinder;
  readonly env: NodeJS.ProcessEnv;
  /** The person's own folder; absolute. */
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Folders of programs that a PATH may lack. */
  readonly systemFolders: readonly string[];
  /** Folder of the extension `anthropic.claude-code`, where a window has it. */
  readonly claudeExtension: string | undefined;
  /** Its virtual environment, if it has one, is where AutoGen is looked for. */
  readonly workspace: string | undefined;
  /** The Python that scripts run with, where a setting names one. */
  readonly python: string | undefined;
  readonly limits: ProbeLimits;
  /** Milliseconds. */
  readonly now: () => number;
}

const SYSTEM_FOLDERS = ['/opt/homebrew/bin', '/usr/local/bin', '/home/linuxbrew/.linuxbrew/bin', '/usr/bin'];

/** This machine, as far as nothing else is said. */
export function systemSurroundings(): Pick<Surroundings, 'env' | 'home' | 'platform' | 'arch' | 'systemFolders'> {
  const platform = process.platform;
  return { env: process.env, home: os.homedir(), platform, arch: process.arch, systemFolders: platform === 'win32' ? [] : SYSTEM_FOLDERS };
}
