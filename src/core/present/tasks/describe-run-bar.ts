import type { RunBar } from '../../model/run-bar.ts';
import { describeOutcome } from './describe-outcome.ts';
import { formatDuration } from '../format/format-duration.ts';
import { oneLine } from '../format/one-line.ts';
import { roleLabel } from '../roles/role-label.ts';
import { timeOfDay } from '../format/time-of-day.ts';

/** What a bar of the timeline stands for: a line each for the name, how it ended, when it ran and how long it waited. */
export function describeRunBar(bar: RunBar, now: number): readonly string[] {
  const { startedAt, endedAt, outcome } = bar;
  const lasted = formatDuration((endedAt ?? now) - startedAt);
  const ending = endedAt === undefined ? `running for ${lasted}` : `${outcome === undefined ? 'ended' : describeOutcome(outcome)} after ${lasted}`;
  const who = [bar.type, bar.role === undefined ? undefined : roleLabel(bar.role), bar.agent].filter((part) => part !== undefined).join(' · ');
  return [oneLine(bar.name), ending, `started ${timeOfDay(startedAt, now)}, waited ${formatDuration(startedAt - bar.waitedFrom)}`, who];
}
