import fs from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { foreignSessions, type ListClaudeSessions, type OwnSessions } from '../../agents/claude-sessions.ts';
import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import { messageOf } from '../../base/user-error.ts';
import type { ForeignSession } from '../../model/agents/agents-view.ts';
import { treeOf, type ProcessTable } from '../../process/process-table.ts';
import type { Store } from '../../store/store.ts';

/** What was told so shortly ago is told again. */
const FRESH_MS = 10_000;

interface ForeignClaudePorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly table: ProcessTable;
  readonly list: ListClaudeSessions;
  /** Folders whose sessions are looked for; all of the machine when there are none. */
  readonly roots: readonly string[];
  readonly mayLook: boolean;
  readonly onChanged: () => void;
}

/** Sessions of Claude Code in the workspace that none of our tasks runs. The program is asked only while somebody looks. */
export class ForeignClaude implements Disposable {
  private readonly ports: ForeignClaudePorts;
  private readonly stop = new AbortController();
  private asking: Promise<void> | undefined;
  private askedAt = Number.NEGATIVE_INFINITY;
  private known: readonly ForeignSession[] = [];

  constructor(ports: ForeignClaudePorts) {
    this.ports = ports;
  }

  /** As they were last told; `mayAsk`: asks again in the background when that is too long ago. */
  latest(mayAsk: boolean): readonly ForeignSession[] {
    if (mayAsk && Math.abs(this.ports.clock.now() - this.askedAt) >= FRESH_MS) void this.ask().catch((error: unknown) => this.ports.log.write('warn', `Claude Code's sessions could not be looked for: ${messageOf(error)}`));
    return this.known;
  }

  /** As they are now. */
  async now(): Promise<readonly ForeignSession[]> {
    await this.ask();
    return this.known;
  }

  dispose(): void {
    this.stop.abort();
  }

  private ask(): Promise<void> {
    this.asking ??= this.take().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async take(): Promise<void> {
    const { store, clock, list, roots, mayLook, onChanged } = this.ports;
    this.askedAt = clock.now();
    const claude = store.agents.all().find(({ state }) => state.name === 'claude')?.state;
    const isThere = mayLook && claude?.program !== undefined && claude.version !== undefined && claude.need !== 'update';
    const sessions = isThere ? await list(claude.program, this.stop.signal) : [];
    // One that does not tell is not one that has none.
    if (this.stop.signal.aborted || sessions === undefined) return;
    const folders = roots.flatMap((root) => [root, realPath(root)]);
    const all = foreignSessions(sessions, folders, NOBODY);
    const found = all.length === 0 ? all : foreignSessions(sessions, folders, await this.own());
    if (this.stop.signal.aborted || isDeepStrictEqual(found, this.known)) return;
    this.known = found;
    onChanged();
  }

  /** Processes below our runs, and the conversations that these have told of. */
  private async own(): Promise<OwnSessions> {
    const { store, table } = this.ports;
    const runs = store.runs.active();
    const processes = runs.length === 0 ? [] : await table.list();
    const pids = runs.flatMap(({ pid }) => (pid === undefined ? [] : [pid, ...treeOf(pid, processes).map((info) => info.pid)]));
    return { pids: new Set(pids), sessions: new Set(runs.flatMap(({ agent }) => agent?.session ?? [])) };
  }
}

const NOBODY: OwnSessions = { pids: new Set(), sessions: new Set() };

function realPath(folder: string): string {
  try {
    return fs.realpathSync(folder);
  } catch {
    return folder;
  }
}
