import type { ChangeNotice, EnginePort } from '../../../src/core/engine/engine-port.ts';
import type { Step } from '../../../src/core/engine/checkpoint.ts';

/** Where an engine process sends itself a signal: right after a step was done for the n-th time. */
export interface Interruption {
  readonly step: Step;
  readonly nth: number;
  readonly signal: 'SIGKILL' | 'SIGSTOP';
}

/** What an engine process is told on its command line. */
export interface EngineProcessOptions {
  readonly roots: readonly string[];
  readonly runsTasks?: boolean;
  readonly graceMs?: number;
  readonly interruption?: Interruption;
  /** The program that carries out prompts. */
  readonly agentRunner?: string;
}

/** The methods that can be called from another process: all that answer with a promise. */
export type Method = { [K in keyof EnginePort]: EnginePort[K] extends (...args: never[]) => Promise<unknown> ? K : never }[keyof EnginePort];

export interface EngineCall {
  readonly call: number;
  readonly method: Method;
  readonly args: readonly unknown[];
}

export type EngineMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'answer'; readonly call: number; readonly value: unknown }
  | { readonly type: 'error'; readonly call: number; readonly message: string }
  /** `at` is milliseconds since the epoch, with fractions. */
  | { readonly type: 'changed'; readonly at: number; readonly notice: ChangeNotice };
