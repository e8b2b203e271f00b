import type { MachineSettings } from '../model/machine-settings.ts';
import type { MachinePoint, TimeSpan } from '../model/machine-point.ts';
import type { ShadowReport } from '../model/shadow-report.ts';
import type { Decision, Measure } from '../model/strategy.ts';
import { watchedTime } from './watched-time.ts';

/** A run as far as it matters here; milliseconds since the epoch. */
export interface ShadowRun {
  readonly startedAt: number;
  /** `undefined` while it runs. */
  readonly endedAt: number | undefined;
  readonly priority: number;
}

export interface ShadowInput {
  readonly isOn: boolean;
  readonly span: TimeSpan;
  /** Changes of strategy, the earliest first; the first may lie before the span. */
  readonly course: readonly Decision[];
  /** By their start. */
  readonly runs: readonly ShadowRun[];
  /** In ascending order. */
  readonly points: readonly MachinePoint[];
  readonly thresholds: MachineSettings['thresholds'];
  /** The least urgent priority that starts in `conserve`. */
  readonly urgent: number;
}

interface Episode extends TimeSpan {
  readonly decision: Decision;
}

/**
 * Reckons afterwards what the limits would have done. Pure. Only priorities are looked at, as `conserve` and `critical` hold
 * them back; since nothing was held back in truth, the machine was under pressure for longer than it would have been, so what
 * would have been waited is the most that it can have been.
 */
export function shadowReport({ isOn, span, course, runs, points, thresholds, urgent }: ShadowInput): ShadowReport {
  const episodes = episodesOf(course, span);
  const watched = watchedTime(points);
  const held = heldBack(runs, episodes, urgent);
  const over = points.flatMap(({ lasts, ...point }) => {
    const episode = episodes.find(({ from, to }) => point.at >= from && point.at < to);
    return episode?.decision.reasons.some(({ measure }) => (valueOf(point, measure) ?? 0) >= thresholds[measure].enter) === true ? [{ at: point.at, lasts }] : [];
  });
  const isAtWork = atWorkDuring(held.map(({ run }) => run));
  return {
    isOn,
    limitedMs: sum(episodes, ({ from, to }) => watched(from, to)),
    heldBack: held.length,
    addedWaitMs: sum(held, ({ run, until }) => watched(run.startedAt, until)),
    overMs: sum(over, ({ lasts }) => lasts),
    avoidableMs: sum(over, ({ at, lasts }) => (isAtWork(at, at + lasts) ? lasts : 0)),
  };
}

/** While limits that were only written down asked for something. */
function episodesOf(course: readonly Decision[], { from, to }: TimeSpan): Episode[] {
  return course.flatMap((decision, index) => {
    const episode = { decision, from: Math.max(decision.at, from), to: Math.min(course[index + 1]?.at ?? to, to) };
    return decision.isShadow === true && decision.strategy !== 'normal' && episode.from < episode.to ? [episode] : [];
  });
}

function heldBack(runs: readonly ShadowRun[], episodes: readonly Episode[], urgent: number): { readonly run: ShadowRun; readonly until: number }[] {
  const holds = ({ decision }: Episode, { priority }: ShadowRun): boolean => decision.strategy === 'critical' || priority > urgent;
  let atWork: ShadowRun[] = [];
  return runs.flatMap((run) => {
    atWork = atWork.filter(({ endedAt }) => endedAt === undefined || endedAt > run.startedAt);
    const first = episodes.findIndex(({ from, to }) => run.startedAt >= from && run.startedAt < to);
    const episode = episodes[first];
    // In `conserve` something always runs.
    if (episode === undefined || !holds(episode, run) || (episode.decision.strategy === 'conserve' && atWork.length === 0)) {
      atWork.push(run);
      return [];
    }
    let until = episode.to;
    for (const next of episodes.slice(first + 1)) {
      if (next.from !== until || !holds(next, run)) break;
      until = next.to;
    }
    return [{ run, until }];
  });
}

/** Whether any of the runs, given by their start, was at work in a while; asked with whiles in ascending order. */
function atWorkDuring(runs: readonly ShadowRun[]): (from: number, to: number) => boolean {
  let next = 0;
  let lastEnd = Number.NEGATIVE_INFINITY;
  return (from, to) => {
    for (; runs[next] !== undefined && runs[next]!.startedAt < to; next++) lastEnd = Math.max(lastEnd, runs[next]!.endedAt ?? Number.POSITIVE_INFINITY);
    return lastEnd > from;
  };
}

function valueOf({ cpu, memory, disk, pressure }: Omit<MachinePoint, 'lasts'>, measure: Measure): number | undefined {
  switch (measure) {
    case 'pressure':
      return pressure === undefined ? undefined : Math.max(pressure.memory, pressure.io);
    default:
      return { cpu, memory, disk }[measure];
  }
}

function sum<T>(items: readonly T[], figure: (item: T) => number): number {
  return items.reduce((total, item) => total + figure(item), 0);
}
