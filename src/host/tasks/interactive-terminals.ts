import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import type { Log } from '../../core/base/log.ts';
import { messageOf } from '../../core/base/user-error.ts';
import type { EnginePort, TerminalRequest } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { openTerminal } from './open-terminal.ts';
import { terminalName } from './terminal-text.ts';

/** Real terminals for tasks that need a keyboard. The run reports to the engine through its own folder, not through the terminal. */
export class InteractiveTerminals implements Disposable {
  private readonly engine: Pick<EnginePort, 'views' | 'cancel'>;
  private readonly log: Log;
  private readonly terminals = new Map<TaskId, vscode.Terminal>();
  private readonly subscriptions: Disposable;

  constructor(engine: Pick<EnginePort, 'views' | 'cancel' | 'onDidRequestTerminal'>, log: Log) {
    this.engine = engine;
    this.log = log;
    this.subscriptions = vscode.Disposable.from(
      engine.onDidRequestTerminal((request) => void this.open(request)),
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
    try {
      const [view] = await this.engine.views([task]);
      if (view?.run === undefined) return;
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(view.task.workspace));
      const { terminal } = await openTerminal({ name: terminalName(view.task), run: view.run.id, folder, content: { type: 'program', argv, cwd, env } });
      this.terminals.set(task, terminal);
    } catch (error) {
      this.log.write('error', `Task #${task} needs a terminal and could not be given one: ${messageOf(error)}`);
      await this.engine.cancel([task]).catch(() => undefined);
    }
  }
}
