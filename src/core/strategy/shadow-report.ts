import type { MachineSettings } from '../model/machine/machine-settings.ts';
import type { MachinePoint, TimeSpan } from '../model/machine/machine-point.ts';
import type { ShadowReport } from '../model/machine/shadow-report.ts';
import type { Decision, Measure } from '../model/machine/strategy.ts';
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
  const episodeAt = indexAt(episodes);
  const over = points.filter((point) => episodes[episodeAt(point.at)]?.decision.reasons.some(({ measure }) => (valueOf(point, measure) ?? 0) >= thresholds[measure].enter) === true);
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
  const episodeAt = indexAt(episodes);
  let atWork: ShadowRun[] = [];
  return runs.flatMap((run) => {
    atWork = atWork.filter(({ endedAt }) => endedAt === undefined || endedAt > run.startedAt);
    const first = episodeAt(run.startedAt);
    const episode = episodes[first];
    // In `conserve` something always runs.
    if (episode === undefined || !holds(episode, run) || (episode.decision.strategy === 'conserve' && atWork.length === 0)) {
      atWork.push(run);
      return [];
    }
    let until = episode.to;
    for (let next = episodes[first + 1], index = first + 1; next?.from === until && holds(next, run); next = episodes[++index]) until = next.to;
    return [{ run, until }];
  });
}

/** Which of the whiles, which are in ascending order, a time lies in; asked with times in ascending order. */
function indexAt(whiles: readonly TimeSpan[]): (time: number) => number {
  let index = 0;
  return (time) => {
    while (whiles[index] !== undefined && whiles[index]!.to <= time) index++;
    return (whiles[index]?.from ?? Number.POSITIVE_INFINITY) <= time ? index : -1;
  };
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

function valueOf({ cpu, memory, disk, pressure }: MachinePoint, measure: Measure): number | undefined {
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
