import { parseBytes } from '../base/units.ts';
import { isPromptType } from '../model/agents/agent.ts';
import { BUILT_IN_TYPES, type TaskType } from '../model/task-type.ts';
import { ENGINE_SETTINGS } from './setting-keys.ts';
import type { SettingReader } from './setting-reader.ts';

const NAME = /^[A-Za-z][\w.-]*$/;
/** What a type of the user's own has where it says nothing. */
const PLAIN: Omit<TaskType, 'name'> = { limit: 1, cpu: 1, memory: 256e6 };

/** The built-in types as the user changed them, then the user's own. */
export function readTaskTypes(reader: SettingReader): readonly TaskType[] {
  const types = new Map(BUILT_IN_TYPES.map((type) => [type.name, type]));
  for (const [name, value] of reader.entries(ENGINE_SETTINGS.types)) {
    if (isPromptType(name)) reader.report(`types.${name}`, name, 'another name: prompts go by it', 'the type is left out');
    else if (NAME.test(name)) types.set(name, readType(reader, name, value, types.get(name) ?? { name, ...PLAIN }));
    else reader.report(`types.${name}`, name, 'named with letters, digits, `_`, `-` and `.`', 'the type is left out');
  }
  return [...types.values()];
}

function readType(reader: SettingReader, name: string, value: unknown, base: TaskType): TaskType {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    reader.report(`types.${name}`, value, 'an object such as `{ "limit": 2 }`', `${shown(base)} is used`);
    return base;
  }
  const { limit, cpu, memory, ...others } = value as Readonly<Record<string, unknown>>;
  for (const [field, found] of Object.entries(others)) reader.report(`types.${name}.${field}`, found, 'left out; a type has `limit`, `cpu` and `memory`', 'it is ignored');
  const field = (key: 'limit' | 'cpu' | 'memory', found: unknown, read: (found: unknown) => number | undefined, expected: string): number => {
    if (found === undefined) return base[key];
    const number = read(found);
    if (number === undefined) reader.report(`types.${name}.${key}`, found, expected, `\`${base[key]}\` is used`);
    return number ?? base[key];
  };
  return {
    name,
    limit: field('limit', limit, (found) => (Number.isInteger(found) && (found as number) >= 1 ? (found as number) : undefined), 'an integer ≥ 1'),
    cpu: field('cpu', cpu, (found) => (typeof found === 'number' && found > 0 && Number.isFinite(found) ? found : undefined), 'a number of cores > 0'),
    memory: field('memory', memory, bytes, 'a size such as `512 MB` or a number of bytes'),
  };
}

function bytes(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const parsed = parseBytes(value);
  return parsed.ok ? parsed.value : undefined;
}

function shown({ limit, cpu, memory }: TaskType): string {
  return `\`${JSON.stringify({ limit, cpu, memory })}\``;
}
