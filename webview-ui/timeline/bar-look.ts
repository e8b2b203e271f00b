import { assertNever } from '../../src/core/base/assert-never.ts';
import type { RunBar } from '../../src/core/model/run-bar.ts';
import type { ColorName } from '../theme.ts';

/** How a bar tells its outcome: by colour and, for those who do not see it, by what it is filled with. */
export interface BarLook {
  readonly id: 'running' | 'succeeded' | 'failed' | 'timedOut' | 'cancelled' | 'lost';
  readonly label: string;
  readonly color: ColorName;
  readonly fill: 'solid' | 'diagonal' | 'upright' | 'crossed' | 'hollow' | 'open';
}

export const LOOKS: readonly BarLook[] = [
  { id: 'running', label: 'running', color: 'blue', fill: 'open' },
  { id: 'succeeded', label: 'succeeded', color: 'passed', fill: 'solid' },
  { id: 'failed', label: 'failed', color: 'failed', fill: 'diagonal' },
  { id: 'timedOut', label: 'timed out', color: 'warning', fill: 'upright' },
  { id: 'cancelled', label: 'cancelled', color: 'skipped', fill: 'hollow' },
  { id: 'lost', label: 'lost', color: 'purple', fill: 'crossed' },
];

const lookCalled = (id: BarLook['id']): BarLook => LOOKS.find((look) => look.id === id)!;

export function lookOf({ endedAt, outcome, isFailure }: Pick<RunBar, 'endedAt' | 'outcome' | 'isFailure'>): BarLook {
  if (endedAt === undefined) return lookCalled('running');
  if (outcome === undefined) return lookCalled('lost');
  switch (outcome.type) {
    case 'succeeded':
      // It may have been expected to fail.
      return lookCalled(isFailure ? 'failed' : 'succeeded');
    case 'failed':
      return lookCalled(isFailure ? 'failed' : 'succeeded');
    case 'spawnFailed':
      return lookCalled('failed');
    case 'timedOut':
      return lookCalled('timedOut');
    case 'cancelled':
    case 'skipped':
      return lookCalled('cancelled');
    case 'lost':
      return lookCalled('lost');
    default:
      return assertNever(outcome);
  }
}
