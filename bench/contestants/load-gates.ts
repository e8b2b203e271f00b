import fs from 'node:fs';
import path from 'node:path';
import { pathFinder } from '../../src/core/launch/find-program.ts';
import { timedProgram } from './timed-program.ts';

/** A program that can be told to start nothing more while the machine's load is at a figure. */
export interface LoadGate {
  readonly name: string;
  /** Runs `count` times the same job; resolves with how long it took, milliseconds. */
  run(argv: readonly string[], count: number, load: number, scratch: string): Promise<number>;
}

/** Jobs that these may have at once, as far as the load allows. */
const SLOTS = 16;

const GATES: readonly { readonly program: string; readonly make: (program: string) => LoadGate }[] = [
  {
    program: 'parallel',
    make: (program) => ({
      name: `GNU parallel -j${SLOTS} --load`,
      run: (argv, count, load) => wallOf([program, '--will-cite', `-j${SLOTS}`, '-q', '-N0', '--load', String(load), ...argv], Array.from({ length: count }, (_, index) => `${index}\n`).join('')),
    }),
  },
  {
    program: 'ninja',
    make: (program) => ({
      name: `ninja -j${SLOTS} -l`,
      run: (argv, count, load, scratch) => {
        const targets = names(count);
        const text = [`rule job\n  command = ${argv.map(quoted).join(' ').replaceAll('$', '$$')}`, ...targets.map((name) => `build ${name}: job`)].join('\n');
        fs.writeFileSync(path.join(scratch, 'build.ninja'), `${text}\n`);
        return wallOf([program, '-C', scratch, `-j${SLOTS}`, `-l${load}`], '');
      },
    }),
  },
  {
    program: 'make',
    make: (program) => ({
      name: `make -j${SLOTS} -l`,
      run: (argv, count, load, scratch) => {
        const targets = names(count).join(' ');
        fs.writeFileSync(path.join(scratch, 'Makefile'), `all: ${targets}\n.PHONY: ${targets}\n${targets}:\n\t@${argv.map(quoted).join(' ').replaceAll('$', '$$')}\n`);
        return wallOf([program, '-C', scratch, `-j${SLOTS}`, `-l${load}`], '');
      },
    }),
  },
];

/** The gates on the PATH, and the programs that are not. */
export function findLoadGates(): { readonly present: readonly LoadGate[]; readonly absent: readonly string[] } {
  const finder = pathFinder();
  const found = GATES.map(({ program, make }) => ({ program, make, at: finder.find(program) }));
  return {
    present: found.flatMap(({ make, at }) => (at === undefined ? [] : [make(at)])),
    absent: found.filter(({ at }) => at === undefined).map(({ program }) => program),
  };
}

async function wallOf(argv: readonly string[], input: string): Promise<number> {
  return (await timedProgram(argv, input)).wallMs;
}

function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `job${index}`);
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
