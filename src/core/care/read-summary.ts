import { allTasks } from '../engine/tasks/all-tasks.ts';
import type { EnginePort } from '../engine/engine-port.ts';
import { dailySummary, type SummaryStyle } from './daily-summary.ts';
import { queueTroubles, type QueueTrouble } from './queue-troubles.ts';

type SummaryEngine = Pick<EnginePort, 'query' | 'scripts' | 'machineHistory' | 'decisions'>;

const DAY = 86_400_000;

/** The summary of the 24 hours before `now`, as Markdown unless it is to be written otherwise. */
export async function readSummary(engine: SummaryEngine, roots: readonly string[], now: number, style?: SummaryStyle): Promise<string> {
  const span = { from: now - DAY, to: now };
  // Those that finished come the latest first.
  const finishedToday = allTasks(engine, { group: 'finished', roots }, ({ task: { state } }) => state.status === 'finished' && state.finishedAt < span.from);
  const [running, waiting, scheduled, finished, stats, points, decisions] = await Promise.all([
    allTasks(engine, { group: 'running', roots }),
    allTasks(engine, { group: 'waiting', roots }),
    engine.query({ group: 'scheduled', roots, offset: 0, limit: 0 }),
    finishedToday,
    engine.scripts(roots),
    engine.machineHistory(span),
    engine.decisions(span),
  ]);
  return dailySummary({
    finished,
    running: running.length,
    waiting: waiting.length,
    scheduled: scheduled.total,
    troubles: queueTroubles([...running, ...waiting], stats, now),
    points,
    decisions: decisions.filter(({ strategy, isShadow }) => strategy !== 'normal' && isShadow !== true),
    ...span,
  }, style);
}

/** What in the queue needs a person now. */
export async function readTroubles(engine: Pick<EnginePort, 'query' | 'scripts'>, roots: readonly string[], now: number): Promise<readonly QueueTrouble[]> {
  const [running, waiting, stats] = await Promise.all([
    allTasks(engine, { group: 'running', roots }),
    allTasks(engine, { group: 'waiting', roots }),
    engine.scripts(roots),
  ]);
  return queueTroubles([...running, ...waiting], stats, now);
}
