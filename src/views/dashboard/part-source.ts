import type { Clock } from '../../core/base/clock.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { TimeSpan } from '../../core/model/machine/machine-point.ts';
import type { Recommendation } from '../../core/model/recommendation.ts';
import type { Measure, Threshold } from '../../core/model/machine/strategy.ts';
import { windowStatus } from '../window-status.ts';
import { SPANS, type Advice, type Curve, type Look, type PartName, type QueueView, type Shown } from './shown.ts';
import { thinPoints } from './thin-points.ts';

/** Points of a curve; a plot has no more pixels to show them. */
const MOST_POINTS = 1500;
/** Bars of a timeline. */
const MOST_RUNS = 2000;
const SECOND = 1000;
/** A history of seconds is sent this seldom, and in between only what is new in it. */
const WHOLE_MS = 30 * SECOND;
const TAIL_MS = WHOLE_MS + 5 * SECOND;
const NOTHING: Promise<Curve> = Promise.resolve({ from: 0, to: 0, points: [] });

export interface DashboardData {
  readonly engine: Pick<EnginePort, 'machine' | 'machineHistory' | 'strategy' | 'decisions' | 'shadow' | 'runsBetween' | 'scripts' | 'recommendations' | 'status'>;
  /** Folders of the window; without one it has no tasks. */
  readonly roots: () => readonly string[];
  readonly thresholds: () => Readonly<Record<Measure, Threshold>>;
  readonly advice: (given: readonly Recommendation[]) => readonly Advice[];
  readonly clock: Clock;
}

/** How one part of what is shown is read, and when it is read again. */
export interface PartSource<N extends PartName = PartName> {
  readonly name: N;
  readonly read: (look: Look) => Promise<Shown[N]>;
  /** Milliseconds between two reads. */
  readonly periodMs: (look: Look) => number;
  /** Least milliseconds between two reads while tasks change; absent when changes of tasks do not concern it. */
  readonly afterChangeMs?: number;
}

export function partSources({ engine, roots, thresholds, advice, clock }: DashboardData): readonly PartSource[] {
  const ofTasks = async <T>(read: (roots: readonly string[]) => Promise<readonly T[]>): Promise<readonly T[]> => {
    const folders = roots();
    return folders.length === 0 ? [] : read(folders);
  };
  const latest = ({ span }: Look): TimeSpan => ({ from: clock.now() - SPANS[span], to: clock.now() });
  const curve = async (span: TimeSpan): Promise<Curve> => ({ ...span, points: thinPoints(await engine.machineHistory(span), MOST_POINTS) });
  return [
    source('machine', () => engine.machine(), () => SECOND),
    source('strategy', () => engine.strategy(), () => SECOND),
    source('queue', () => queueOf(engine, roots()), () => 5 * SECOND, SECOND),
    source('thresholds', () => Promise.resolve(thresholds()), () => 5 * SECOND),
    source('history', (look) => curve(latest(look)), pace),
    source('tail', ({ span }) => (span === '10 min' ? curve({ from: clock.now() - TAIL_MS, to: clock.now() }) : NOTHING), () => SECOND),
    source('detail', ({ zoom }) => (zoom === undefined ? NOTHING : curve(zoom)), pace),
    source('runs', (look) => ofTasks(async (folders) => (await engine.runsBetween(latest(look), folders)).slice(-MOST_RUNS)), () => 30 * SECOND, SECOND),
    source('decisions', (look) => engine.decisions(latest(look)), () => 5 * SECOND),
    source('shadow', (look) => engine.shadow(latest(look)), () => 30 * SECOND),
    source('scripts', () => ofTasks((folders) => engine.scripts(folders)), () => 60 * SECOND, 5 * SECOND),
    source('advice', async () => advice(await ofTasks((folders) => engine.recommendations(folders))), () => 60 * SECOND, 5 * SECOND),
  ];
}

function source<N extends PartName>(name: N, read: (look: Look) => Promise<Shown[N]>, periodMs: (look: Look) => number, afterChangeMs?: number): PartSource {
  return { name, read, periodMs, ...(afterChangeMs !== undefined && { afterChangeMs }) };
}

/** A longer span moves by a pixel less often. */
function pace({ span }: Look): number {
  return span === '10 min' ? WHOLE_MS : Math.min(Math.max(SPANS[span] / MOST_POINTS, 10 * SECOND), 300 * SECOND);
}

async function queueOf(engine: Pick<EnginePort, 'status'>, roots: readonly string[]): Promise<QueueView> {
  const { counts, paused } = await windowStatus(engine, roots);
  return { running: counts.running, waiting: counts.waiting, paused, hasFolder: roots.length > 0 };
}
