import type { Limits } from '../../model/limits.ts';
import type { SettingChange } from '../../model/recommendation.ts';
import type { TaskType } from '../../model/task-type.ts';
import { megabytes } from './figures.ts';

/** The setting `types` with other figures for one of them. */
export function changeType({ types }: Limits, name: string, change: Partial<Omit<TaskType, 'name'>>): SettingChange {
  const written = (all: readonly TaskType[]): unknown => Object.fromEntries(all.map(({ name: key, limit, cpu, memory }) => [key, { limit, cpu, memory: megabytes(memory) }]));
  return { type: 'setting', key: 'types', value: written(types.map((type) => (type.name === name ? { ...type, ...change } : type))), now: written(types) };
}
