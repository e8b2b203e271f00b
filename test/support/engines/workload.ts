import path from 'node:path';
import type { Claim, ClaimMode } from '../../../src/core/model/files/claim.ts';
import type { Limits } from '../../../src/core/model/limits.ts';
import type { Outcome } from '../../../src/core/model/outcome.ts';
import type { Journal } from './journal.ts';
import type { SeededRandom } from '../seeded-random.ts';

/** How a task must end. */
export type Expected = { readonly type: 'succeeded' } | { readonly type: 'failed'; readonly code: number } | { readonly type: 'skipped' };

export interface PlannedTask {
  readonly key: string;
  readonly type: string;
  readonly priority: number;
  /** Keys of earlier tasks of the same batch. */
  readonly after: readonly string[];
  readonly files: readonly Claim[];
  readonly turns: number;
  readonly forks: boolean;
  readonly exitCode: number;
  readonly expected: Expected;
}

const MIB = 2 ** 20;

/** The limits of the four types, and a total that also holds something back. What tasks need of the machine does not, so that the limits are what is tested. */
export const TIGHT_LIMITS: Limits = {
  total: 9,
  memoryThreshold: 1,
  types: [
    { name: 'blender_task', limit: 1, cpu: 0.1, memory: MIB },
    { name: 'simulation', limit: 2, cpu: 0.1, memory: MIB },
    { name: 'analysis', limit: 3, cpu: 0.1, memory: MIB },
    { name: 'utility', limit: 5, cpu: 0.1, memory: MIB },
  ],
};

const EXIT_CODES = [1, 2, 3, 42, 100];

/** Tasks of all sorts: priorities, dependencies, claims on a few files and on their folder, failures, short and longer work. */
export function planBatch(random: SeededRandom, batch: string, tasks: number, folder: string): readonly PlannedTask[] {
  const planned: PlannedTask[] = [];
  for (let index = 0; index < tasks; index++) planned.push(planTask(random, `${batch}.${index}`, planned, folder));
  return planned;
}

function planTask(random: SeededRandom, key: string, before: readonly PlannedTask[], folder: string): PlannedTask {
  const upstream = random.chance(0.15) && before.length > 0 ? [...new Set([random.pick(before), random.pick(before)])] : [];
  const exitCode = random.chance(0.06) ? random.pick(EXIT_CODES) : 0;
  const isLong = random.chance(0.06);
  return {
    key,
    type: random.pick(['blender_task', 'simulation', 'simulation', 'analysis', 'analysis', 'utility', 'utility', 'utility']),
    priority: random.whole(1, 10),
    after: upstream.map((task) => task.key),
    files: claims(random, folder),
    turns: isLong ? random.whole(20_000, 100_000) : random.whole(0, 300),
    forks: isLong && random.chance(0.5),
    exitCode,
    expected: upstream.some((task) => task.expected.type !== 'succeeded') ? { type: 'skipped' } : exitCode === 0 ? { type: 'succeeded' } : { type: 'failed', code: exitCode },
  };
}

function claims(random: SeededRandom, folder: string): readonly Claim[] {
  if (random.chance(0.01)) return [{ path: folder, mode: 'write' }];
  if (!random.chance(0.2)) return [];
  const claim = (): Claim => ({ path: path.join(folder, `data-${random.whole(0, 12)}.json`), mode: random.pick<ClaimMode>(['read', 'write', 'write']) });
  return random.chance(0.3) ? [claim(), claim()] : [claim()];
}

export function specOf({ key, type, priority, after, files, turns, forks, exitCode }: PlannedTask, journal: Journal): unknown {
  return { id: key, name: key, type, priority, after, files, command: journal.command(key, { turns, exitCode, ...(forks && { how: 'fork' }) }) };
}

export function isTrue(outcome: Outcome | undefined, expected: Expected): boolean {
  switch (expected.type) {
    case 'succeeded':
      return outcome?.type === 'succeeded';
    case 'failed':
      return outcome?.type === 'failed' && outcome.reason === 'exit' && outcome.code === expected.code;
    case 'skipped':
      return outcome?.type === 'skipped' && outcome.reason === 'upstream';
  }
}
