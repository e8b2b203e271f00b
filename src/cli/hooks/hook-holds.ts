import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { holdId, type HoldId } from '../../core/model/ids.ts';

/** A hold between the hook before a tool call and the one after it, which are two processes. */
export interface HookHold {
  readonly hold: HoldId;
  readonly files: readonly string[];
}

/** Notes of what sessions of agents hold, as files of the state folder: one folder for each session, one file for each call. */
export class HookHolds {
  private readonly folder: string;

  constructor(home: string, session: string) {
    this.folder = path.join(home, 'hooks', digest(session));
  }

  add(call: string, hold: HookHold): void {
    fs.mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    fs.writeFileSync(this.fileOf(call), JSON.stringify(hold));
  }

  get(call: string): HookHold | undefined {
    return readHold(this.fileOf(call));
  }

  /** Takes the note of a call away, or those of all. */
  take(call?: string): readonly HookHold[] {
    const files = call === undefined || call === '' ? this.all() : [this.fileOf(call)];
    const holds = files.flatMap((file) => readHold(file) ?? []);
    for (const file of files) fs.rmSync(file, { force: true });
    if (this.all().length === 0) fs.rmSync(this.folder, { recursive: true, force: true });
    return holds;
  }

  /** Takes the notes of calls about these files away: a call that was given up in between left them. */
  takeTouching(files: readonly string[]): readonly HookHold[] {
    return this.all().flatMap((file) => {
      const hold = readHold(file);
      if (hold?.files.some((each) => files.includes(each)) !== true) return [];
      fs.rmSync(file, { force: true });
      return [hold];
    });
  }

  private fileOf(call: string): string {
    return path.join(this.folder, `${digest(call)}.json`);
  }

  private all(): readonly string[] {
    try {
      return fs.readdirSync(this.folder).map((name) => path.join(this.folder, name));
    } catch {
      return [];
    }
  }
}

function readHold(file: string): HookHold | undefined {
  try {
    const { hold, files } = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly hold: number; readonly files: readonly string[] };
    return { hold: holdId(hold), files };
  } catch {
    return undefined;
  }
}

/** Names of others may hold anything; this is a name of ours. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
