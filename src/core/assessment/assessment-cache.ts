import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AssessedFile } from './assessed-file.ts';
import type { FileStamp } from './read-script.ts';

/** What is kept of a file. */
export interface CacheEntry {
  readonly stamp: FileStamp;
  /** When its text was read, milliseconds since the epoch. */
  readonly readAt: number;
  /** The rules and the ruff that made it; see `rulesKey()`. */
  readonly rules: string;
  readonly file: AssessedFile;
}

/** Raised when the form of the files changes. */
const VERSION = 1;
/** Of each of the 256 files that entries are spread over; those kept longest go first. */
const MOST_ENTRIES = 250;
/** Clocks of file systems are coarse: what changed so shortly before it was read may have changed again at the same time. */
const COARSE_MS = 2000;

type Shard = Map<string, CacheEntry>;

/**
 * What was found in files, kept in the state folder by path. Several processes may write: the last one wins, and what is
 * lost by that is only looked at again. A damaged file counts as empty.
 */
export class AssessmentCache {
  private readonly folder: string;
  private readonly shards = new Map<string, Promise<Shard>>();
  private readonly changed = new Set<string>();

  /** @param home the state folder. */
  constructor(home: string) {
    this.folder = path.join(home, 'assessment');
  }

  async get(file: string): Promise<CacheEntry | undefined> {
    return (await this.shard(shardOf(file))).get(file);
  }

  async put(file: string, entry: CacheEntry): Promise<void> {
    const name = shardOf(file);
    const shard = await this.shard(name);
    shard.delete(file);
    shard.set(file, entry);
    this.changed.add(name);
  }

  /** Writes what has changed. Where nothing can be written, files are just looked at again next time. */
  async save(): Promise<void> {
    if (this.changed.size === 0) return;
    const names = [...this.changed];
    this.changed.clear();
    await mkdir(this.folder, { recursive: true, mode: 0o700 }).catch(() => undefined);
    await Promise.all(names.map(async (name) => this.write(name, await this.shard(name))));
  }

  private shard(name: string): Promise<Shard> {
    const known = this.shards.get(name);
    if (known !== undefined) return known;
    const reading = readShard(this.fileOf(name));
    this.shards.set(name, reading);
    return reading;
  }

  private async write(name: string, shard: Shard): Promise<void> {
    const file = this.fileOf(name);
    const part = `${file}.${process.pid}.part`;
    try {
      await writeFile(part, JSON.stringify({ version: VERSION, entries: [...shard].slice(-MOST_ENTRIES) }), { mode: 0o600 });
      await rename(part, file);
    } catch {
      await rm(part, { force: true }).catch(() => undefined);
    }
  }

  private fileOf(name: string): string {
    return path.join(this.folder, `${name}.json`);
  }
}

/** Whether a file with this stamp must still hold the text that was read. */
export function holdsSameText({ stamp, readAt }: CacheEntry, now: FileStamp): boolean {
  return stamp.mtimeMs === now.mtimeMs && stamp.size === now.size && stamp.mtimeMs < readAt - COARSE_MS;
}

function shardOf(file: string): string {
  return createHash('sha256').update(file).digest('hex').slice(0, 2);
}

async function readShard(file: string): Promise<Shard> {
  try {
    const { version, entries } = JSON.parse(await readFile(file, 'utf8')) as { version: unknown; entries: [string, CacheEntry][] };
    return new Map(version === VERSION ? entries : []);
  } catch {
    return new Map();
  }
}
