import { Worker } from 'node:worker_threads';
import type { EngineOptions } from '../../core/engine/engine-options.ts';
import type { RpcMessage } from './rpc-message.ts';

/** A thread that an engine runs in, as far as its client needs it; a `Worker` is one. */
export interface EngineThread {
  postMessage(message: RpcMessage): void;
  on(event: 'message', listener: (message: RpcMessage) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<unknown>;
}

export type StartThread = (options: EngineOptions) => EngineThread;

/** Starts threads from a worker's entry file. */
export function workerThreads(entry: string | URL): StartThread {
  return (options) => new Worker(entry, { workerData: options, name: 'parallel-workflow engine' });
}
