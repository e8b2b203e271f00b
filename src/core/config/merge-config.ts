import { CONFIG_FILES, type ConfigFile } from './config-files.ts';
import type { ConfigProblem, ParsedConfig } from './parse-config.ts';
import type { Place } from './json-places.ts';
import { isPlain } from './translate.ts';

/** A configuration file as it was read. */
export interface ReadConfig {
  readonly file: ConfigFile;
  /** Absolute. */
  readonly path: string;
  /** The workspace it belongs to. */
  readonly root: string;
  readonly values: ParsedConfig['values'];
}

/** What each workspace has for itself, so that one cannot contradict another. */
const OWN: readonly string[] = ['roles.definitions', 'schedules'];

/** Where a value in force was written. */
export interface ConfigSource {
  readonly path: string;
  readonly place: Place;
}

export interface MergedConfig {
  /** By the name of the setting. */
  readonly values: ReadonlyMap<string, { readonly value: unknown; readonly sources: readonly ConfigSource[] }>;
  /** What one file says against another, by the path of the file that is overruled. */
  readonly conflicts: readonly { readonly path: string; readonly problem: ConfigProblem }[];
}

/** One configuration from several files: the later overrules the earlier, objects are merged field by field. Pure. */
export function mergeConfig(files: readonly ReadConfig[]): MergedConfig {
  const values = new Map<string, { value: unknown; sources: ConfigSource[] }>();
  const conflicts: { path: string; problem: ConfigProblem }[] = [];
  const rootOf = new Map(files.map(({ path, root }) => [path, root]));
  for (const { path, root, values: set } of files) {
    for (const { key, value, place } of set ?? []) {
      const before = values.get(key);
      if (before === undefined) {
        values.set(key, { value, sources: [{ path, place }] });
        continue;
      }
      const overruled = before.sources.filter((source) => source.path !== path && (!OWN.includes(key) || rootOf.get(source.path) === root));
      for (const earlier of overruled) {
        if (contradicts(before.value, value)) conflicts.push({ path: earlier.path, problem: { severity: 'warning', message: `${path} says otherwise and is in force`, place: earlier.place } });
      }
      before.value = merged(before.value, value);
      before.sources.push({ path, place });
    }
  }
  return { values, conflicts };
}

/** Objects field by field, anything else as the later one says. */
export function merged(earlier: unknown, later: unknown): unknown {
  if (!isPlain(earlier) || !isPlain(later)) return later === undefined ? earlier : later;
  const result: Record<string, unknown> = { ...earlier };
  for (const [name, value] of Object.entries(later)) result[name] = merged(earlier[name], value);
  return result;
}

function contradicts(earlier: unknown, later: unknown): boolean {
  if (isPlain(earlier) && isPlain(later)) return Object.keys(later).some((name) => Object.hasOwn(earlier, name) && contradicts(earlier[name], later[name]));
  return JSON.stringify(earlier) !== JSON.stringify(later);
}

/** Of a file name, which configuration file it is. */
export function configFileNamed(name: string): ConfigFile | undefined {
  return (Object.entries(CONFIG_FILES) as [ConfigFile, string][]).find(([, known]) => known === name)?.[0];
}
