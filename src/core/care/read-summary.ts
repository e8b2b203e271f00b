import { allTasks } from '../engine/tasks/all-tasks.ts';
import type { EnginePort, TaskView } from '../engine/engine-port.ts';
import { dailySummary, type SummaryStyle } from './daily-summary.ts';
import { queueTroubles, type QueueTrouble } from './queue-troubles.ts';

type SummaryEngine = Pick<EnginePort, 'query' | 'scripts' | 'machineHistory' | 'decisions'>;

const DAY = 86_400_000;

/** The summary of the 24 hours before `now`, as Markdown unless it is to be written otherwise. */
export async function readSummary(engine: SummaryEngine, roots: readonly string[], now: number, style?: SummaryStyle): Promise<string> {
  const span = { from: now - DAY, to: now };
  const [running, waiting, scheduled, finished, stats, points, decisions] = await Promise.all([
    allTasks(engine, { group: 'running', roots }),
    allTasks(engine, { group: 'waiting', roots }),
    allTasks(engine, { group: 'scheduled', roots }),
    finishedSince(span.from, engine, roots),
    engine.scripts(roots),
    engine.machineHistory(span),
    engine.decisions(span),
  ]);
  return dailySummary({
    finished,
    running: running.length,
    waiting: waiting.length,
    scheduled: scheduled.length,
    troubles: queueTroubles([...running, ...waiting, ...scheduled, ...finished], stats, now),
    points,
    decisions: decisions.filter(({ strategy, isShadow }) => strategy !== 'normal' && isShadow !== true),
    ...span,
  }, style);
}

/** What in the queue needs a person now; and, where asked for, what failed again and again and ended in the last 24 hours. */
export async function readTroubles(engine: Pick<EnginePort, 'query' | 'scripts'>, roots: readonly string[], now: number, { withFinished = false } = {}): Promise<readonly QueueTrouble[]> {
  const [running, waiting, scheduled, finished, stats] = await Promise.all([
    allTasks(engine, { group: 'running', roots }),
    allTasks(engine, { group: 'waiting', roots }),
    // Between two attempts a task is scheduled for its next one.
    allTasks(engine, { group: 'scheduled', roots }),
    withFinished ? finishedSince(now - DAY, engine, roots) : [],
    engine.scripts(roots),
  ]);
  return queueTroubles([...running, ...waiting, ...scheduled, ...finished], stats, now);
}

async function finishedSince(from: number, engine: Pick<EnginePort, 'query'>, roots: readonly string[]): Promise<readonly TaskView[]> {
  const isPast = ({ task: { state } }: TaskView): boolean => state.status === 'finished' && state.finishedAt < from;
  // The latest come first, in pages.
  return (await allTasks(engine, { group: 'finished', roots }, isPast)).filter((view) => !isPast(view));
}
