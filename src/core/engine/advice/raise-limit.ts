import type { Recommendation } from '../../model/recommendation.ts';
import type { TaskType } from '../../model/task-type.ts';
import { changeType } from './change-type.ts';
import { duration, percent } from './figures.ts';
import { FEWEST_OF_TYPE, type History } from './history.ts';
import { occupancyOf } from './occupancy.ts';

const WAITED = 0.2;
const IDLE_CPU = 0.6;
const IDLE_MEMORY = 0.7;
/** So long tasks of the type must have run for a share to tell something; milliseconds. */
const LEAST_BUSY_MS = 3_600_000;

/** More places for types whose tasks often waited for one while the machine had room. */
export function raiseLimits(history: History): Recommendation[] {
  const all = occupancyOf(history.bars, history.points).running;
  return history.limits.types.flatMap((type) => raiseLimit(type, history, all) ?? []);
}

function raiseLimit(type: TaskType, { bars, points, limits }: History, all: Int32Array): Recommendation | undefined {
  const own = bars.filter((bar) => bar.type === type.name);
  // One says that two must never run together, whatever room there is.
  if (own.length < FEWEST_OF_TYPE || type.limit <= 1 || type.limit >= limits.total) return undefined;
  const { running, waiting } = occupancyOf(own, points);
  let [busyMs, blockedMs, cpu, memory] = [0, 0, 0, 0];
  points.forEach((point, index) => {
    if (running[index] === 0) return;
    busyMs += point.lasts;
    const waits = running[index]! >= type.limit && waiting[index]! > 0;
    // With all places of all types taken, one more of this type would not help.
    if (!waits || all[index]! >= limits.total || point.cpu >= IDLE_CPU || point.memory >= IDLE_MEMORY) return;
    blockedMs += point.lasts;
    cpu += point.cpu * point.lasts;
    memory += point.memory * point.lasts;
  });
  if (busyMs < LEAST_BUSY_MS || blockedMs <= WAITED * busyMs) return undefined;
  const limit = Math.min(limits.total, type.limit + Math.max(1, Math.round(type.limit / 4)));
  return {
    id: `raise-limit ${type.name} ${limit}`,
    kind: 'raise-limit',
    title: `Let ${limit} \`${type.name}\` tasks run at once`,
    evidence:
      `In ${percent(blockedMs / busyMs)} of the ${duration(busyMs)} in which \`${type.name}\` tasks ran during the last day, others waited for one of its ${type.limit} places, ` +
      `though CPU was at ${percent(cpu / blockedMs)} and memory at ${percent(memory / blockedMs)} on average (${own.length} runs).`,
    change: changeType(limits, type.name, { limit }),
  };
}
