import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import type { Log } from '../../core/base/log.ts';
import { messageOf } from '../../core/base/user-error.ts';
import type { EnginePort, TaskView, TerminalRequest } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import type { Settings } from '../settings/settings.ts';
import { hasFailed } from './has-failed.ts';
import type { TaskWatch } from './task-watch.ts';
import { terminalName } from './terminal-text.ts';

interface InteractiveTerminalsParts {
  readonly engine: Pick<EnginePort, 'views' | 'cancel' | 'onDidRequestTerminal'>;
  readonly watch: Pick<TaskWatch, 'onDidFinish'>;
  readonly settings: () => Settings['terminals'];
  readonly log: Log;
}

/** Real terminals for tasks that need a keyboard. The run reports to the engine through its own folder, not through the terminal. */
export class InteractiveTerminals implements Disposable {
  private readonly parts: InteractiveTerminalsParts;
  private readonly terminals = new Map<TaskId, vscode.Terminal>();
  private readonly subscriptions: Disposable;

  constructor(parts: InteractiveTerminalsParts) {
    this.parts = parts;
    this.subscriptions = vscode.Disposable.from(
      parts.engine.onDidRequestTerminal((request) => void this.open(request)),
      parts.watch.onDidFinish((view) => this.finished(view)),
      vscode.window.onDidCloseTerminal((terminal) => {
        for (const [id, own] of this.terminals) if (own === terminal) this.terminals.delete(id);
      }),
    );
  }

  show(id: TaskId): boolean {
    const terminal = this.terminals.get(id);
    terminal?.show();
    return terminal !== undefined;
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private async open({ task, argv, cwd, env }: TerminalRequest): Promise<void> {
    const { engine, log } = this.parts;
    try {
      const [view] = await engine.views([task]);
      if (view?.run === undefined) return;
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(view.task.workspace));
      const { openTerminal } = await import('./open-terminal.ts');
      const { terminal } = await openTerminal({ name: terminalName(view.task), task, folder, content: { type: 'program', argv, cwd, env } });
      this.terminals.set(task, terminal);
    } catch (error) {
      log.write('error', `Task #${task} needs a terminal and could not be given one: ${messageOf(error)}`);
      await engine.cancel([task]).catch(() => undefined);
    }
  }

  private finished(view: TaskView): void {
    const { closeFinished, keepFailed } = this.parts.settings();
    if (hasFailed(view) ? !keepFailed : closeFinished) this.terminals.get(view.task.id)?.dispose();
  }
}
