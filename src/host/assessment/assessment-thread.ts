import { Worker } from 'node:worker_threads';
import type { AssessedFile } from '../../core/assessment/assessed-file.ts';
import type { Assessment } from '../../core/assessment/assessment.ts';
import type { AssessProgress, AssessRequest } from '../../core/assessment/assessor.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { deferred } from '../engine/deferred.ts';
import type { EngineThread } from '../engine/engine-thread.ts';
import { Rpc } from '../engine/rpc.ts';
import { ASSESS, CANCEL, PORTION, type AssessEnd, type AssessPortion } from './assessment-call.ts';

/** Ruff stays at hand for so long after its last use; then its memory is given back. */
const IDLE_MS = 60_000;

/** @param entry the worker's file. @param home the state folder. */
export function assessmentThreads(entry: string, home: string): () => EngineThread {
  return () => new Worker(entry, { workerData: home, name: 'parallel-workflow assessment' });
}

interface Call {
  readonly files: AssessedFile[];
  readonly onProgress: (progress: AssessProgress) => void;
}

interface Running {
  readonly thread: EngineThread;
  readonly rpc: Rpc;
}

/** The assessor, in a thread that starts on use and ends when it has had nothing to do for a while. */
export class AssessmentThread implements Disposable {
  private readonly start: () => EngineThread;
  private readonly clock: Clock;
  private readonly calls = new Map<number, Call>();
  private lastCall = 0;
  private running: Running | undefined;
  private cancelIdle: (() => void) | undefined;

  constructor(start: () => EngineThread, clock: Clock) {
    this.start = start;
    this.clock = clock;
  }

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Rejects with the assessor's error, with the signal's reason when it is aborted, and when the thread ends. */
  async assess(request: AssessRequest, onProgress: (progress: AssessProgress) => void = () => undefined, signal?: AbortSignal): Promise<Assessment> {
    const { rpc } = (this.running ??= this.open());
    this.cancelIdle?.();
    const id = ++this.lastCall;
    const call: Call = { files: [], onProgress };
    this.calls.set(id, call);
    const aborted = deferred<never>();
    const cancel = (): void => {
      aborted.reject(signal?.reason instanceof Error ? signal.reason : new Error('The assessment was cancelled'));
      void rpc.request(CANCEL, [id]).catch(() => undefined);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const asking = rpc.request(ASSESS, [id, request]);
      if (signal?.aborted === true) cancel();
      const end = (await Promise.race([asking, aborted.promise])) as AssessEnd;
      return { ...end, files: call.files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.calls.delete(id);
      if (this.calls.size === 0) this.cancelIdle = this.clock.after(IDLE_MS, () => this.close(new Error('The assessment had nothing to do')));
    }
  }

  dispose(): void {
    this.cancelIdle?.();
    this.close(new Error('The window closes'));
  }

  private open(): Running {
    const thread = this.start();
    const rpc = new Rpc(thread, {}, (name, value) => {
      if (name === PORTION) this.take(value as AssessPortion);
    });
    const running = { thread, rpc };
    let failure: Error | undefined;
    thread.on('error', (error) => (failure = error));
    thread.on('exit', (code) => {
      rpc.end(failure ?? new Error(`The assessment's thread ended with code ${code}`));
      if (this.running === running) this.running = undefined;
    });
    return running;
  }

  private take({ call, ...progress }: AssessPortion): void {
    const waiting = this.calls.get(call);
    waiting?.files.push(...progress.files);
    waiting?.onProgress(progress);
  }

  private close(why: Error): void {
    const { running } = this;
    this.running = undefined;
    running?.rpc.end(why);
    void running?.thread.terminate();
  }
}
