import type { EnginePort } from '../engine/engine-port.ts';
import { dailySummary } from './daily-summary.ts';
import { queueTroubles, type QueueTrouble } from './queue-troubles.ts';

type SummaryEngine = Pick<EnginePort, 'query' | 'scripts' | 'machineHistory' | 'decisions'>;

const DAY = 86_400_000;
/** Tasks of a group that are looked at; the latest of those that finished. */
const MOST_TASKS = 5000;

/** The summary of the 24 hours before `now`, as Markdown. */
export async function readSummary(engine: SummaryEngine, roots: readonly string[], now: number): Promise<string> {
  const span = { from: now - DAY, to: now };
  const page = (group: 'running' | 'waiting' | 'scheduled' | 'finished', limit = MOST_TASKS) => engine.query({ group, roots, offset: 0, limit });
  const [running, waiting, scheduled, finished, stats, points, decisions] = await Promise.all([page('running'), page('waiting'), page('scheduled', 0), page('finished'), engine.scripts(roots), engine.machineHistory(span), engine.decisions(span)]);
  return dailySummary({
    finished: finished.items,
    running: running.total,
    waiting: waiting.total,
    scheduled: scheduled.total,
    troubles: queueTroubles([...running.items, ...waiting.items], stats, now),
    points,
    decisions: decisions.filter(({ strategy, isShadow }) => strategy !== 'normal' && isShadow !== true),
    ...span,
  });
}

/** What in the queue needs a person now. */
export async function readTroubles(engine: Pick<EnginePort, 'query' | 'scripts'>, roots: readonly string[], now: number): Promise<readonly QueueTrouble[]> {
  const [running, waiting, stats] = await Promise.all([
    engine.query({ group: 'running', roots, offset: 0, limit: MOST_TASKS }),
    engine.query({ group: 'waiting', roots, offset: 0, limit: MOST_TASKS }),
    engine.scripts(roots),
  ]);
  return queueTroubles([...running.items, ...waiting.items], stats, now);
}
