import * as vscode from 'vscode';
import { Coalesced } from '../../core/engine/changes/coalesced.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { messageOf } from '../../core/base/user-error.ts';
import type { EnginePort, TaskView } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { currentRun } from '../../core/model/task.ts';
import type { Settings } from '../settings/settings.ts';
import { hasFailed } from './has-failed.ts';
import { orderCancel, runAgain } from './run-again.ts';
import { TaskPty } from './task-pty.ts';
import { TaskTerminal } from './task-terminal.ts';
import type { TaskWatch } from './task-watch.ts';
import { terminalName } from './terminal-text.ts';

/** A run that is over sooner gets no terminal that would only flicker. */
const WORTH_SHOWING_MS = 500;

interface TaskTerminalsParts {
  readonly engine: Pick<EnginePort, 'cancel' | 'retry' | 'views'>;
  readonly watch: TaskWatch;
  readonly settings: () => Settings['terminals'];
  readonly clock: Clock;
  readonly log: Log;
}

/** Gives running tasks their terminals: the first few by themselves, the others when asked. */
export class TaskTerminals implements vscode.Disposable {
  private readonly parts: TaskTerminalsParts;
  private readonly terminals = new Map<TaskId, TaskTerminal>();
  /** Terminals that somebody closed while their task ran: they come back only when asked for. */
  private readonly dismissed = new Set<TaskId>();
  /** Tasks whose terminal is somebody else's. */
  private readonly foreign = new Set<TaskId>();
  private readonly filling: Coalesced;
  private readonly subscriptions: vscode.Disposable;
  private opening: Promise<void> = Promise.resolve();

  constructor(parts: TaskTerminalsParts) {
    this.parts = parts;
    this.filling = new Coalesced(parts.clock, () => this.fill());
    this.subscriptions = vscode.Disposable.from(
      parts.watch.onDidStart(() => this.filling.request(WORTH_SHOWING_MS)),
      parts.watch.onDidFinish((view) => this.finished(view)),
      vscode.window.onDidCloseTerminal((terminal) => this.closed(terminal)),
      this.filling,
    );
  }

  /** Brings a task's terminal into sight, if it runs or still has one. */
  show(view: TaskView): boolean {
    const { id } = view.task;
    const isRunning = currentRun(view.task.state) !== undefined && view.run !== undefined;
    const existing = this.currentOf(id, isRunning) ?? (isRunning && !this.foreign.has(id) ? this.add(view) : undefined);
    existing?.show();
    return existing !== undefined;
  }

  /** This task is shown elsewhere, such as in the terminal of the VS Code task that queued it. */
  leaveTo(id: TaskId): void {
    this.foreign.add(id);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private fill(): void {
    const { maxLive } = this.parts.settings();
    const now = this.parts.clock.now();
    for (const view of this.parts.watch.inHand) {
      const { id, spec, state } = view.task;
      if (this.countLive() >= maxLive) return;
      if (
        this.currentOf(id, true) !== undefined ||
        this.dismissed.has(id) ||
        this.foreign.has(id) ||
        spec.interactive ||
        view.run === undefined ||
        state.status !== 'running'
      )
        continue;
      const wait = state.startedAt + WORTH_SHOWING_MS - now;
      if (wait > 0) this.filling.request(Math.min(wait, WORTH_SHOWING_MS));
      else this.add(view);
    }
  }

  private finished(view: TaskView): void {
    const { id, state, spec } = view.task;
    this.filling.request(WORTH_SHOWING_MS);
    this.dismissed.delete(id);
    if (this.foreign.delete(id) || this.terminals.has(id) || spec.interactive || view.run === undefined || state.status !== 'finished') return;
    // It failed before it was worth a terminal: now it is, if it is not one of very many.
    const { keepFailed, maxLive } = this.parts.settings();
    if (hasFailed(view) && keepFailed && this.terminals.size < maxLive) this.add(view);
  }

  /** A task's terminal; one that was kept from an earlier attempt gives way once the task runs again. */
  private currentOf(id: TaskId, isRunning: boolean): TaskTerminal | undefined {
    const terminal = this.terminals.get(id);
    if (terminal === undefined || terminal.isLive || !isRunning) return terminal;
    this.terminals.delete(id);
    terminal.closeView();
    return undefined;
  }

  private add(view: TaskView): TaskTerminal {
    const { engine, watch, clock, log } = this.parts;
    const { id } = view.task;
    this.dropOldestKept();
    const pty = new TaskPty({
      watch,
      clock,
      begin: () => Promise.resolve(id),
      cancel: orderCancel(engine, log),
    });
    const terminal = new TaskTerminal(pty, this.parts.settings);
    this.terminals.set(id, terminal);
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(view.task.workspace));
    this.opening = this.opening.then(async () => {
      try {
        const { openTerminal } = await import('./open-terminal.ts');
        const opened = await openTerminal({
          name: terminalName(view.task),
          task: id,
          folder,
          content: { type: 'view', pty, again: () => runAgain(this.parts, id, () => this.leaveTo(id)) },
        });
        terminal.attach(opened);
        // Somebody may have been quick to close it.
        if (opened.terminal.exitStatus !== undefined) this.closed(opened.terminal);
      } catch (error) {
        if (this.terminals.get(id) === terminal) this.terminals.delete(id);
        log.write('warn', `Task #${id} has no terminal: ${messageOf(error)}`);
      }
    });
    return terminal;
  }

  private closed(terminal: vscode.Terminal): void {
    for (const [id, own] of this.terminals) {
      if (!own.is(terminal)) continue;
      if (own.isLive) this.dismissed.add(id);
      this.terminals.delete(id);
      this.filling.request(WORTH_SHOWING_MS);
    }
  }

  private dropOldestKept(): void {
    const kept = [...this.terminals].filter(([, terminal]) => terminal.isKept);
    const excess = kept.length - Math.max(0, this.parts.settings().maxLive - 1);
    for (const [id, terminal] of kept.slice(0, Math.max(0, excess))) {
      this.terminals.delete(id);
      terminal.closeView();
    }
  }

  private countLive(): number {
    return [...this.terminals.values()].filter((terminal) => terminal.isLive).length;
  }
}
