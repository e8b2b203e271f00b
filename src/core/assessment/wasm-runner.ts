import { availableParallelism } from 'node:os';
import type { Clock } from '../base/clock.ts';
import type { RuffAnswer, RuffRunner, RunnerIdentity, Source } from './ruff-runner.ts';
import { BUILT_IN_RUFF } from './rules.ts';
import { WasmWorker } from './wasm-worker.ts';

/** Each thread takes some 80 MB, and two look at a thousand files in a few seconds. */
const MOST_THREADS = 2;
/** A second thread pays off from about here on: it takes a tenth of a second to start. */
const FILES_PER_THREAD = 20;

/** Looks at texts by the WASM build of ruff, in threads of its own that start on use. */
export class WasmRunner implements RuffRunner {
  readonly identity: RunnerIdentity = { kind: 'built-in', version: BUILT_IN_RUFF };
  readonly readsFiles = false;
  private readonly clock: Clock;
  private idle: WasmWorker[] = [];
  private readonly all = new Set<WasmWorker>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  async check(sources: readonly Source[], signal?: AbortSignal): Promise<ReadonlyMap<string, RuffAnswer>> {
    const answers = new Map<string, RuffAnswer>();
    const queue = sources.values();
    const threads = Math.min(MOST_THREADS, availableParallelism(), Math.ceil(sources.length / FILES_PER_THREAD));
    await Promise.all(Array.from({ length: threads }, async () => {
      let worker = this.take();
      try {
        for (const { path, text } of queue) {
          signal?.throwIfAborted();
          if (!worker.isUsable) worker = await this.replace(worker);
          answers.set(path, await worker.check(text));
        }
      } finally {
        if (worker.isUsable) this.idle.push(worker);
        else await this.drop(worker);
      }
    }));
    return answers;
  }

  async close(): Promise<void> {
    await Promise.all([...this.all].map((worker) => this.drop(worker)));
    this.idle = [];
  }

  private take(): WasmWorker {
    const worker = this.idle.pop() ?? new WasmWorker(this.clock);
    this.all.add(worker);
    return worker;
  }

  private async replace(worker: WasmWorker): Promise<WasmWorker> {
    await this.drop(worker);
    return this.take();
  }

  private async drop(worker: WasmWorker): Promise<void> {
    this.all.delete(worker);
    await worker.close();
  }
}
