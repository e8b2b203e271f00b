import { messageOf } from '../base/user-error.ts';
import type { ProgramFinder } from '../launch/find-program.ts';
import { findPython } from '../launch/python-interpreter.ts';
import { ProgramRunner, runProgram } from './program-runner.ts';
import { OLDEST_RUFF } from './rules.ts';

/** Where ruff may be. */
export interface RuffPlaces {
  /** From settings; relative names are looked for on the PATH. */
  readonly ruff?: string;
  /** The chosen interpreter; without one, that of the workspace's virtual environment or of the PATH. */
  readonly python?: string;
  /** Root of the workspace; absolute. */
  readonly workspace: string;
  /** False in Restricted Mode: no program is run, and the built-in build does it all. */
  readonly allowPrograms: boolean;
}

export interface FoundRuff {
  readonly runner: ProgramRunner | undefined;
  /** What is wrong with a ruff that was asked for or found. */
  readonly notes: readonly string[];
}

const TIMEOUT_MS = 15_000;

/** The first ruff that can be run: the setting's, the interpreter's, the PATH's. It runs in `folder`. */
export async function findRuff(places: RuffPlaces, finder: ProgramFinder, folder: string, platform: NodeJS.Platform = process.platform): Promise<FoundRuff> {
  const notes: string[] = [];
  if (!places.allowPrograms) return { runner: undefined, notes };
  for (const { argv, wasNamed } of candidates(places, finder, platform, notes)) {
    try {
      const version = readVersion(await runProgram([...argv, '--version'], folder, TIMEOUT_MS));
      if (isNewEnough(version)) return { runner: new ProgramRunner(argv, { kind: 'program', version: version.join('.'), program: argv.join(' ') }, folder), notes };
      notes.push(`\`${argv.join(' ')}\` is ruff ${version.join('.')}, older than ${OLDEST_RUFF.join('.')}, and is not used`);
    } catch (error) {
      if (wasNamed) notes.push(`\`${argv.join(' ')}\` of the setting \`parallelWorkflow.programs.ruff\` cannot be used: ${messageOf(error).split('\n')[0]!}`);
    }
  }
  return { runner: undefined, notes };
}

interface Candidate {
  readonly argv: readonly string[];
  readonly wasNamed: boolean;
}

function* candidates(places: RuffPlaces, finder: ProgramFinder, platform: NodeJS.Platform, notes: string[]): Generator<Candidate> {
  if (places.ruff !== undefined) {
    const named = finder.find(places.ruff);
    if (named === undefined) notes.push(`There is no program \`${places.ruff}\`, which the setting \`parallelWorkflow.programs.ruff\` names`);
    else yield { argv: [named], wasNamed: true };
  }
  const python = findPython(places.python, places.workspace, finder, platform);
  if (python !== undefined) yield { argv: [python, '-m', 'ruff'], wasNamed: false };
  const onPath = finder.find('ruff');
  if (onPath !== undefined) yield { argv: [onPath], wasNamed: false };
}

/** @throws Error when it is another program. */
function readVersion(output: string): readonly number[] {
  const match = /^ruff (\d+)\.(\d+)\.(\d+)/.exec(output);
  if (match === null) throw new Error(`it does not call itself ruff, but \`${output.slice(0, 40)}\``);
  return match.slice(1).map(Number);
}

function isNewEnough(version: readonly number[]): boolean {
  for (const [index, least] of OLDEST_RUFF.entries()) {
    const part = version[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}
