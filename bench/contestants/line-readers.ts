import { SLOTS } from '../open-for-bench.ts';
import type { Contestant } from './contestant.ts';
import { timedProgram } from './timed-program.ts';

/** Programs that start a job for each line they read. */
function lineReader(name: string, argv: readonly string[]): Contestant {
  return {
    name,
    run: (workload) => timedProgram([...argv, ...workload.argv], Array.from({ length: workload.count }, (_, index) => `${index}\n`).join('')),
  };
}

export const xargs = (program: string): Contestant => lineReader('xargs -P', [program, `-P${SLOTS}`, '-n1']);

export const gnuParallel = (program: string): Contestant => lineReader('GNU parallel', [program, `-j${SLOTS}`]);
