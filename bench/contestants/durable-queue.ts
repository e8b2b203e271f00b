import fs from 'node:fs';
import path from 'node:path';
import type { EngineOptions } from '../../src/core/engine/engine-options.ts';
import type { DrainInput, DrainOutput } from '../processes/drain.ts';
import { runProcess } from '../run-process.ts';
import type { Contestant } from './contestant.ts';

/** Our engine, alone in a process, over a new store: from handing in the jobs to the last end written down. */
export function durableQueue(name: string, durability: EngineOptions['durability']): Contestant {
  return {
    name,
    run(workload, scratch) {
      const home = fs.mkdtempSync(path.join(scratch, 'home-'));
      const input: DrainInput = { home, durability, ...workload };
      return runProcess<DrainOutput>('drain.ts', input);
    },
  };
}
