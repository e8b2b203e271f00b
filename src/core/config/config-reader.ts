import path from 'node:path';
import { readText } from '../base/read-text.ts';
import { CONFIG_FILE_KEYS, CONFIG_FILES, CONFIG_FOLDERS, type ConfigFile } from './config-files.ts';
import { mergeConfig, type MergedConfig, type ReadConfig } from './merge-config.ts';
import type { MachineSize } from './older-amounts.ts';
import type { ConfigProblem, ParsedConfig } from './parse-config.ts';

/** Beyond this, checking it would hold up whoever waits for the configuration. */
const MOST_BYTES = 2 ** 20;

/** A configuration file that is there. */
export interface FoundConfig {
  readonly file: ConfigFile;
  readonly path: string;
  readonly root: string;
  /** What it sets: of its last text that was right. */
  readonly inForce: ParsedConfig['values'];
  readonly problems: readonly ConfigProblem[];
}

/** Reads the configuration files of some roots, and keeps of each the last values that were right. */
export class ConfigReader {
  private readonly machine: MachineSize;
  private found: readonly FoundConfig[] = [];

  constructor(machine: MachineSize) {
    this.machine = machine;
  }

  /** Those that are there, the weakest first. */
  get files(): readonly FoundConfig[] {
    return this.found;
  }

  /** Looks at all files anew. */
  async read(roots: readonly string[]): Promise<void> {
    const places = roots.flatMap((root) => CONFIG_FILE_KEYS.flatMap((file) => CONFIG_FOLDERS.map((folder) => ({ root, file, path: path.join(root, folder, CONFIG_FILES[file]) }))));
    const read = await Promise.all(places.map(async (place) => ({ place, text: await textOf(place.path) })));
    this.found = await Promise.all(read.flatMap(({ place, text }) => (text === undefined ? [] : [this.judge(place, text)])));
  }

  /** What the files say together: those of one root, for what is its own, else all. */
  merged(root?: string): MergedConfig {
    const chosen = this.found.filter((file) => root === undefined || file.root === root);
    return mergeConfig(chosen.map(({ file, path: where, root: of, inForce, problems }): ReadConfig => ({ file, path: where, root: of, parsed: { values: inForce, problems, today: undefined } })));
  }

  private async judge(place: Pick<FoundConfig, 'file' | 'path' | 'root'>, text: string | Error): Promise<FoundConfig> {
    const before = this.found.find((other) => other.path === place.path);
    if (text instanceof Error) return { ...place, inForce: before?.inForce, problems: [{ severity: 'error', message: `It cannot be read: ${text.message}`, place: { line: 0, column: 0, endLine: 0, endColumn: 1 } }] };
    // Most projects have no such file, and do without what checks one.
    const { parseConfig } = await import('./parse-config.ts');
    const { values, problems } = parseConfig(place.file, text, this.machine);
    return { ...place, inForce: values ?? before?.inForce, problems };
  }
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
