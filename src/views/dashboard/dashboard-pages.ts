import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { COMMANDS } from '../../host/ids.ts';
import { ScheduleTimes } from '../../host/schedules/schedule-times.ts';
import type { LiveSettings } from '../../host/settings/live-settings.ts';
import { AdviceBook } from './advice-book.ts';
import { DashboardSession, type DashboardParts, type PageActions } from './dashboard-session.ts';
import { pageHtml } from './page-html.ts';
import { pickFormat, saveExport } from './save-export.ts';
import { workspaceSettings } from './workspace-settings.ts';

export interface DashboardOptions extends Omit<DashboardParts, 'book' | 'actions'> {
  readonly engine: DashboardParts['engine'] & Pick<EnginePort, 'moveSchedule'>;
  /** Where the extension is installed. */
  readonly extension: vscode.Uri;
  readonly memory: vscode.Memento;
  readonly live: Pick<LiveSettings, 'inForce'>;
}

/** Fills views and tabs with the dashboard's page, each with a session of its own. */
export class DashboardPages {
  private readonly parts: DashboardParts;
  private readonly files: vscode.Uri;

  constructor(options: DashboardOptions) {
    this.parts = { ...options, book: new AdviceBook(workspaceSettings(options.live), new ScheduleTimes(options.engine), options.memory), actions: actionsOf(options) };
    this.files = vscode.Uri.joinPath(options.extension, 'dist', 'webview');
  }

  show(surface: vscode.WebviewView | vscode.WebviewPanel): void {
    const session = this.connect(surface.webview);
    const look = (): void => session.setVisible(surface.visible);
    look();
    if ('onDidChangeVisibility' in surface) surface.onDidChangeVisibility(look);
    else surface.onDidChangeViewState(look);
    surface.onDidDispose(() => session.dispose());
  }

  private connect(webview: vscode.Webview): DashboardSession {
    const session = new DashboardSession(this.parts, {
      send: (message) => webview.postMessage(message),
      onMessage: (listener) => webview.onDidReceiveMessage(listener),
    });
    webview.options = { enableScripts: true, localResourceRoots: [this.files] };
    const address = (file: string): string => String(webview.asWebviewUri(vscode.Uri.joinPath(this.files, file)));
    const nonce = randomBytes(16).toString('base64url');
    webview.html = pageHtml({ script: address('dashboard.js'), style: address('dashboard.css'), source: webview.cspSource, nonce });
    return session;
  }
}

function actionsOf({ clock }: DashboardOptions): PageActions {
  const orders = {
    addTask: COMMANDS.pickScripts,
    pauseQueue: COMMANDS.pauseQueue,
    resumeQueue: COMMANDS.resumeQueue,
    showLog: COMMANDS.showEngineLog,
    openFolder: 'workbench.action.files.openFolder',
  };
  return {
    openLog: (task, run) => vscode.commands.executeCommand(COMMANDS.openLog, { kind: 'run', taskId: task, run: { id: run } }),
    command: (command) => vscode.commands.executeCommand(orders[command]),
    pickFormat,
    save: (format, data) => saveExport(format, data, clock.now()),
  };
}
