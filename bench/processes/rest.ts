// Runs the engine as the extension host does, in a thread, and tells what it needs while it has nothing to do; `null` runs none.
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { EngineOptions } from '../../src/core/engine/engine-options.ts';

export interface RestInput {
  readonly thread: { readonly entry: string; readonly options: EngineOptions } | null;
  readonly restMs: number;
}

export interface RestOutput {
  /** Resident, bytes. */
  readonly memory: number;
  /** Share of one core. */
  readonly cpu: number;
}

const SETTLE_MS = 1500;

const { thread, restMs } = JSON.parse(process.argv[2]!) as RestInput;
const worker = thread === null ? undefined : new Worker(thread.entry, { workerData: thread.options });
if (worker !== undefined) await once(worker, 'message');
await delay(SETTLE_MS);
const before = process.cpuUsage();
const since = performance.now();
await delay(restMs);
const used = process.cpuUsage(before);
const output: RestOutput = { memory: process.memoryUsage().rss, cpu: (used.user + used.system) / 1000 / (performance.now() - since) };
await worker?.terminate();
process.stdout.write(JSON.stringify(output));
