import path from 'node:path';
import { readRuffJson } from './ruff-diagnostic.ts';
import type { RuffAnswer, RuffRunner, RunnerIdentity, Source } from './ruff-runner.ts';
import { RUFF_ARGUMENTS } from './rules.ts';

/** Characters of file names that one command line may have: Windows takes 32,767 in all. */
const MOST_CHARACTERS = 24_000;
const TIMEOUT_MS = 120_000;
/** A path of each file and up to a few thousand findings: ruff writes about 600 bytes for each. */
const MOST_OUTPUT = 1e9;

/** Variables that would change what ruff does. */
const NOT_INHERITED = /^RUFF_/i;

/** Runs ruff as a program: in one process a few hundred files, which it reads by itself on all cores. */
export class ProgramRunner implements RuffRunner {
  readonly identity: RunnerIdentity;
  readonly readsFiles = true;
  private readonly argv: readonly string[];
  private readonly folder: string;

  /** @param folder where it runs: no folder of a workspace, since Python would load modules from there. */
  constructor(argv: readonly string[], identity: RunnerIdentity, folder: string) {
    this.argv = argv;
    this.identity = identity;
    this.folder = folder;
  }

  async check(sources: readonly Source[], signal?: AbortSignal): Promise<ReadonlyMap<string, RuffAnswer>> {
    const answers = new Map<string, RuffAnswer>();
    for (const files of portions(sources.map((source) => source.path))) {
      const output = await runProgram([...this.argv, ...RUFF_ARGUMENTS, '--', ...files], this.folder, TIMEOUT_MS, signal);
      const byFile = readRuffJson(output);
      const known = new Map([...byFile].map(([file, diagnostics]) => [path.resolve(file), diagnostics]));
      for (const file of files) answers.set(file, { type: 'checked', diagnostics: known.get(path.resolve(file)) ?? [] });
    }
    return answers;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function* portions(files: readonly string[]): Generator<readonly string[]> {
  let portion: string[] = [];
  let characters = 0;
  for (const file of files) {
    if (portion.length > 0 && characters + file.length > MOST_CHARACTERS) {
      yield portion;
      portion = [];
      characters = 0;
    }
    portion.push(file);
    characters += file.length + 3;
  }
  if (portion.length > 0) yield portion;
}

/**
 * What a program writes. Never a shell.
 * @throws when it is missing, fails, or takes longer than `timeoutMs`.
 */
export async function runProgram(argv: readonly string[], folder: string, timeoutMs: number, signal?: AbortSignal): Promise<string> {
  // Loaded on use: most who load this file never need it.
  const { execa } = await import('execa');
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name)));
  const { stdout } = await execa(argv[0]!, argv.slice(1), {
    cwd: folder, env, extendEnv: false, timeout: timeoutMs, windowsHide: true, stdin: 'ignore', maxBuffer: MOST_OUTPUT,
    ...(signal !== undefined && { cancelSignal: signal }),
  });
  return stdout;
}
