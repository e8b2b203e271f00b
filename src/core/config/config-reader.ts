import path from 'node:path';
import { readText } from '../base/read-text.ts';
import { CONFIG_FILE_KEYS, CONFIG_FILES, CONFIG_FOLDERS, type ConfigFile } from './config-files.ts';
import { configFields } from './config-values.ts';
import { insteadOfFile } from './describe-instead.ts';
import type { Place } from './json-places.ts';
import { mergeConfig, type MergedConfig, type ReadConfig } from './merge-config.ts';
import type { MachineSize } from './older-amounts.ts';
import type { ConfigProblem, ParsedConfig } from './parse-config.ts';

/** Beyond this, checking it would hold up whoever waits for the configuration. */
const MOST_BYTES = 2 ** 20;
const START: Place = { line: 0, column: 0, endLine: 0, endColumn: 1 };

/** A configuration file that is there. */
export interface FoundConfig {
  readonly file: ConfigFile;
  readonly path: string;
  readonly root: string;
  /** What it sets: all that is right in it, and what stands in for the rest. `undefined` when nothing of it could be read yet. */
  readonly inForce: ParsedConfig['values'];
  /** Settings of which it says something that cannot be told, and that nothing stands in for: what it set in former times may be meant. */
  readonly unclear: readonly string[];
  readonly problems: readonly ConfigProblem[];
  /** What it says, in today's shape. */
  readonly said: ParsedConfig['said'];
  /** Where a part of today's shape stands. */
  readonly placeAt: ParsedConfig['placeAt'];
}

/** Reads the configuration files of some roots, and keeps of each the last values that were right. */
export class ConfigReader {
  private readonly machine: MachineSize;
  private found: readonly FoundConfig[] = [];
  /** Of each file that could be read, by path. */
  private texts: ReadonlyMap<string, string> = new Map();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(machine: MachineSize) {
    this.machine = machine;
  }

  /** Those that are there, the weakest first. */
  get files(): readonly FoundConfig[] {
    return this.found;
  }

  /** Looks at all files anew, one look after another: what an earlier one saw must not take the place of what a later one did. */
  read(roots: readonly string[]): Promise<void> {
    const look = this.turn.then(() => this.look(roots));
    this.turn = look.catch(() => undefined);
    return look;
  }

  /** What the files say together: those of one root, for what is its own, else all. */
  merged(root?: string): MergedConfig {
    const chosen = this.found.filter((file) => root === undefined || file.root === root);
    return mergeConfig(chosen.map(({ file, path: where, root: of, inForce }): ReadConfig => ({ file, path: where, root: of, values: inForce })));
  }

  private async look(roots: readonly string[]): Promise<void> {
    const places = roots.flatMap((root) => CONFIG_FILE_KEYS.flatMap((file) => CONFIG_FOLDERS.map((folder) => ({ root, file, path: path.join(root, folder, CONFIG_FILES[file]) }))));
    const read = await Promise.all(places.map(async (place) => ({ place, text: await textOf(place.path) })));
    this.found = await Promise.all(read.flatMap(({ place, text }) => (text === undefined ? [] : [this.judge(place, text)])));
    this.texts = new Map(read.flatMap(({ place, text }) => (typeof text === 'string' ? [[place.path, text] as const] : [])));
  }

  private async judge(place: Pick<FoundConfig, 'file' | 'path' | 'root'>, text: string | Error): Promise<FoundConfig> {
    const before = this.found.find((other) => other.path === place.path);
    if (text instanceof Error) return { ...place, ...unread(place.file, before), problems: [{ severity: 'error', message: `It cannot be read: ${text.message}; ${insteadOfFile(place.file, before?.said !== undefined)}`, place: START }] };
    // Held against itself as what it said before, a text would say something else than at the first look.
    if (before !== undefined && text === this.texts.get(place.path)) return before;
    // Most projects have no such file, and do without what checks one.
    const { parseConfig } = await import('./parse-config.ts');
    const { values, unclear, problems, said, placeAt } = parseConfig(place.file, text, this.machine, before?.said);
    return values === undefined ? { ...place, ...unread(place.file, before), problems } : { ...place, inForce: values, unclear, problems, said, placeAt };
  }
}

/** What is known of a file of which nothing can be told now. */
function unread(file: ConfigFile, before: FoundConfig | undefined): Pick<FoundConfig, 'inForce' | 'unclear' | 'said' | 'placeAt'> {
  const { inForce, unclear = configFields(file), said, placeAt = () => START } = before ?? {};
  return { inForce, unclear, said, placeAt };
}

/** `undefined` when there is no such file. */
async function textOf(file: string): Promise<string | Error | undefined> {
  try {
    return await readText(file, MOST_BYTES);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : (error as Error);
  }
}
