import os from 'node:os';
import { assertNever } from '../../base/assert-never.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { ExitRecord } from '../../model/run.ts';

/** What became of a run's process. */
export type RunEnd =
  | { readonly type: 'exited'; readonly exit: ExitRecord }
  | { readonly type: 'lost'; readonly message: string }
  | { readonly type: 'spawn-failed'; readonly message: string }
  | { readonly type: 'missing-program'; readonly program: string; readonly message: string; readonly skip: boolean };

const SIGNAL_BASE = 128;
const SIGNAL_BY_NUMBER = new Map(Object.entries(os.constants.signals).map(([name, number]) => [number, name]));

/** The signal behind an exit status. A shell reports one as 128 + its number, which a program could also choose by itself: then it is taken for the signal. */
export function signalOf(code: number): string | undefined {
  return code > SIGNAL_BASE ? SIGNAL_BY_NUMBER.get(code - SIGNAL_BASE) : undefined;
}

export function outcomeOf(end: RunEnd): Outcome {
  switch (end.type) {
    case 'exited': {
      if (end.exit.code === 0) return { type: 'succeeded' };
      const signal = signalOf(end.exit.code);
      return signal === undefined ? { type: 'failed', reason: 'exit', code: end.exit.code } : { type: 'failed', reason: 'signal', signal };
    }
    case 'lost':
      return { type: 'lost', message: end.message };
    case 'spawn-failed':
      return { type: 'spawnFailed', message: end.message };
    case 'missing-program':
      return end.skip ? { type: 'skipped', reason: 'missing-program', program: end.program } : { type: 'spawnFailed', message: end.message };
    default:
      return assertNever(end);
  }
}
