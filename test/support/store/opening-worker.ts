// Opens the stores of the homes it is given, each when all the others do; answers with what went wrong.
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../../../src/core/store/open-database.ts';

export interface OpeningOrder {
  readonly homes: readonly string[];
  /** How many are at each home, counted up by each that comes. */
  readonly there: Int32Array;
  readonly openers: number;
}

const { homes, there, openers } = workerData as OpeningOrder;
const problems: string[] = [];
for (const [index, home] of homes.entries()) {
  Atomics.add(there, index, 1);
  Atomics.notify(there, index);
  for (let come = Atomics.load(there, index); come < openers; come = Atomics.load(there, index)) Atomics.wait(there, index, come);
  try {
    const { database } = openDatabase(home, 'normal', 0);
    database.get('SELECT count(*) AS count FROM tasks');
    database.close();
  } catch (error) {
    problems.push(String(error));
  }
}
parentPort!.postMessage(problems);
