import path from 'node:path';
import type { Clock } from '../../core/base/clock.ts';
import type { EnginePort, HoldView } from '../../core/engine/engine-port.ts';
import { waitForHold } from '../../core/engine/files/wait-for-hold.ts';
import { claimCovers } from '../../core/locks/claim-covers.ts';
import { pathKey } from '../../core/locks/path-key.ts';
import type { AgentRefusal } from '../../core/model/agents/agent-evidence.ts';
import type { AgentRequest } from '../../core/model/agents/agent-request.ts';
import { taskId, type HoldId, type TaskId } from '../../core/model/ids.ts';
import { isInside } from '../../core/spec/paths.ts';
import type { FileGuard, Permission, WritingCall } from '../agent-driver.ts';
import type { RunRecord } from '../run-record.ts';
import { describeRefusal, expectedEnd } from './describe-refusal.ts';
import { diffText } from './diff-text.ts';
import { fileState, hasChanged, type FileState } from './file-state.ts';
import { shellTargets } from './shell-targets.ts';
import { WatchedFiles } from './watched-files.ts';

/** How long a call waits for a file that somebody else has; then it is refused, and the agent does something else. */
const PATIENCE_MS = 10_000;

export interface LockGuardPorts {
  readonly engine: EnginePort;
  readonly request: Pick<AgentRequest, 'task' | 'name' | 'workspace' | 'cwd' | 'files' | 'context'>;
  readonly record: Pick<RunRecord, 'changed' | 'diff'>;
  readonly clock: Clock;
  /** Resolves when the run is to end: nobody waits any longer then. */
  readonly ending: Promise<void>;
}

/** A call between `before` and `after`. */
interface OpenCall {
  readonly hold: HoldId | undefined;
  readonly states: ReadonlyMap<string, FileState>;
  readonly isOpen: boolean;
}

/** Asks the lock manager before every write, on behalf of the task whose run this is. */
export class LockGuard implements FileGuard {
  private readonly ports: LockGuardPorts;
  private readonly task: TaskId;
  private readonly calls = new Map<string, OpenCall>();
  private readonly watched = new WatchedFiles();

  constructor(ports: LockGuardPorts) {
    this.ports = ports;
    this.task = taskId(ports.request.task);
    for (const file of ports.request.context) this.watched.look(file);
  }

  async before(call: WritingCall): Promise<Permission> {
    const isOpen = call.writes === 'unknown';
    const files = this.filesOf(call);
    const had = files.length === 0 ? undefined : await this.hold(files);
    if (had !== undefined && 'obstacle' in had) return { granted: false, refusal: await this.refusal(call.tool, had.obstacle) };
    if (isOpen) await this.watchAll();
    this.calls.set(call.id, { hold: had?.id, states: new Map(files.map((file) => [file, fileState(file)])), isOpen });
    return { granted: true };
  }

  async after(id: string): Promise<string> {
    const call = this.calls.get(id);
    if (call === undefined) return '';
    this.calls.delete(id);
    const declared = [...call.states].flatMap(([file, before]) => {
      const after = fileState(file);
      return hasChanged(before, after) ? [{ file, before, after }] : [];
    });
    const others = call.isOpen ? this.watched.changes().filter(({ file }) => !call.states.has(file)) : [];
    for (const { file } of declared) this.watched.look(file);
    const own = others.length === 0 ? others : await this.withoutForeign(others);
    if (call.hold !== undefined) await this.ports.engine.endHold(call.hold);
    if (own.length > 0) await this.ports.engine.noteWritten(this.task, own.map(({ file }) => file));
    return this.record([...declared, ...own]);
  }

  private filesOf({ writes, command, named, cwd }: WritingCall): readonly string[] {
    const { request } = this.ports;
    if (writes !== 'unknown') return [...new Set(writes)];
    const visible = [...(command === undefined ? [] : shellTargets(command, cwd ?? request.cwd)), ...(named ?? [])];
    // What lies elsewhere, such as a folder for temporary files, is the agent's own affair.
    return [...new Set(visible)].filter((file) => isInside(file, request.workspace) || isInside(file, request.cwd));
  }

  private async hold(files: readonly string[]): Promise<{ readonly id: HoldId } | { readonly obstacle: HoldView['obstacle'] }> {
    const { engine, request, clock, ending } = this.ports;
    const wait = await waitForHold(
      engine,
      { name: request.name, pid: process.pid, task: this.task, claims: files.map((file) => ({ path: file, mode: 'write' })) },
      { clock, patienceMs: PATIENCE_MS, unwanted: ending, onWaiting: () => undefined, isHopeless: (obstacle) => this.isHopeless(obstacle) },
    );
    if (wait.state === 'held') return { id: wait.id };
    return { obstacle: wait.state === 'gaveUp' ? wait.obstacle : undefined };
  }

  /** A person may type for long, and so may a task go on. */
  private async isHopeless(obstacle: HoldView['obstacle']): Promise<boolean> {
    if (obstacle === undefined) return false;
    if (obstacle.holder.type === 'editor') return true;
    const end = await expectedEnd(obstacle, this.ports.engine);
    return end !== undefined && end > this.ports.clock.now() + PATIENCE_MS;
  }

  private async refusal(tool: string, obstacle: HoldView['obstacle']): Promise<AgentRefusal> {
    const { engine, clock, request } = this.ports;
    const end = obstacle === undefined ? undefined : await expectedEnd(obstacle, engine);
    return { tool, ...(obstacle !== undefined && { path: obstacle.path }), why: describeRefusal(obstacle, end, clock.now(), request.workspace) };
  }

  private async watchAll(): Promise<void> {
    const { engine, request } = this.ports;
    this.watched.lookAt(request.files, await engine.filesInUse([request.workspace]));
  }

  /** Whoever holds a file for writing is taken to have written it. */
  private async withoutForeign<T extends { readonly file: string }>(changes: readonly T[]): Promise<readonly T[]> {
    const uses = await this.ports.engine.filesInUse([this.ports.request.workspace]);
    const foreign = uses.filter(({ holders }) => holders.some(({ holder, mode }) => mode === 'write' && holder.type !== 'editor' && !(holder.type === 'task' && holder.id === this.task)));
    return changes.filter(({ file }) => !foreign.some((use) => claimCovers(use, { key: pathKey(file), glob: '' })));
  }

  private record(changes: readonly { readonly file: string; readonly before: FileState; readonly after: FileState }[]): string {
    const { record, request } = this.ports;
    const diffs = changes.map(({ file, before, after }) => {
      record.changed(file);
      return diffText(path.relative(request.workspace, file).replaceAll(path.sep, '/'), before, after);
    });
    const diff = diffs.join('');
    record.diff(diff);
    return diff;
  }
}
