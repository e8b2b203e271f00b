import { pathFinder } from '../../src/core/launch/find-program.ts';
import type { Contestant } from './contestant.ts';
import { gnuParallel, xargs } from './line-readers.ts';
import { pueue } from './pueue.ts';
import { taskSpooler } from './task-spooler.ts';

const PEERS: readonly { readonly program: string; readonly make: (program: string) => Contestant }[] = [
  { program: 'xargs', make: xargs },
  { program: 'parallel', make: gnuParallel },
  { program: 'tsp', make: taskSpooler },
  { program: 'pueue', make: pueue },
];

/** The peers on the PATH, and the programs that are not. */
export function findPeers(): { readonly present: readonly Contestant[]; readonly absent: readonly string[] } {
  const finder = pathFinder();
  const present: Contestant[] = [];
  const absent: string[] = [];
  for (const { program, make } of PEERS) {
    const found = finder.find(program);
    if (found === undefined) absent.push(program);
    else present.push(make(found));
  }
  return { present, absent };
}
