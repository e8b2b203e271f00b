// Runs a mixed workload in an engine of its own, once or several times over; tells how long each took.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { EnginePort } from '../../src/core/engine/engine-port.ts';
import { openEngine } from '../../src/core/engine/open-engine.ts';
import { optionsForBench } from '../open-for-bench.ts';

export interface MakespanInput {
  readonly home: string;
  /** With or without `cpu` and `memory`. */
  readonly tasks: readonly { readonly command: readonly string[] }[];
  readonly rounds: number;
  /** Bytes that all tasks together may take; what the engine itself takes is not a part of it. */
  readonly budget: number;
}

export interface MakespanOutput {
  readonly wallMs: readonly number[];
}

const input = JSON.parse(process.argv[2]!) as MakespanInput;
// Apart from the state folder, where the tasks' output goes.
const workspace = path.join(input.home, 'work');
fs.mkdirSync(workspace);
const engine = await openEngine(optionsForBench(input.home, { roots: [workspace] }));
const { length } = input.tasks;
// Only cores and memory decide: what else goes on on the machine is not to change the strategy.
await engine.pinStrategy('normal');
await engine.setLimits({ total: length, types: [{ name: 'utility', limit: length, cpu: 1, memory: 32 * 2 ** 20 }], memoryThreshold: Math.min(1, Math.max(0.01, 1 - (process.availableMemory() - input.budget) / os.totalmem())) });
const output: MakespanOutput = { wallMs: await rounds() };
await engine.close();
process.stdout.write(JSON.stringify(output));

async function rounds(): Promise<number[]> {
  const wallMs: number[] = [];
  for (let round = 1; round <= input.rounds; round++) {
    const begin = performance.now();
    const submitted = await engine.submit({ workspace, name: `Round ${round}`, tasks: input.tasks, confine: false });
    if (!submitted.ok) throw new Error(JSON.stringify(submitted.error));
    await finished(engine, round * length);
    wallMs.push(performance.now() - begin);
  }
  return wallMs;
}

function finished(port: EnginePort, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const listening = port.onDidChange(() => {
      void port.status([workspace]).then(({ counts }) => {
        if (counts.failed > 0) reject(new Error(`${counts.failed} tasks failed`));
        if (counts.finished < count) return;
        listening.dispose();
        resolve();
      }, reject);
    });
  });
}
