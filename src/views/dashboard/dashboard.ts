import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { COMMANDS, DASHBOARD_TAB, PANEL_VIEWS } from '../../host/ids.ts';
import type { LiveSettings } from '../../host/settings/live-settings.ts';
import { AdviceBook } from './advice-book.ts';
import { DashboardSession, type DashboardParts, type PageActions } from './dashboard-session.ts';
import { pageHtml } from './page-html.ts';
import { pickFormat, saveExport } from './save-export.ts';
import { workspaceSettings } from './workspace-settings.ts';

export interface DashboardOptions extends Omit<DashboardParts, 'book' | 'actions'> {
  readonly extension: vscode.Uri;
  readonly memory: vscode.Memento;
  readonly live: Pick<LiveSettings, 'inForce'>;
}

/** The dashboard, as a view in the panel area and as an editor tab; both show the same page. */
export class Dashboard implements vscode.WebviewViewProvider, vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly parts: DashboardParts;
  private readonly files: vscode.Uri;
  private readonly icon: { readonly light: vscode.Uri; readonly dark: vscode.Uri };
  private readonly registrations: vscode.Disposable;
  private tab: vscode.WebviewPanel | undefined;

  constructor(options: DashboardOptions) {
    const { extension, memory } = options;
    this.parts = { ...options, book: new AdviceBook(workspaceSettings(options.live), memory), actions: actionsOf(options) };
    this.files = vscode.Uri.joinPath(extension, 'dist', 'webview');
    // A tab shows a picture in its own colours.
    const media = vscode.Uri.joinPath(extension, 'media');
    this.icon = { light: vscode.Uri.joinPath(media, 'dashboard-light.svg'), dark: vscode.Uri.joinPath(media, 'dashboard-dark.svg') };
    this.registrations = vscode.Disposable.from(vscode.window.registerWebviewViewProvider(PANEL_VIEWS.dashboard, this), vscode.window.registerWebviewPanelSerializer(DASHBOARD_TAB, this));
  }

  /** Shows the tab; there is one in a window. */
  open(): void {
    if (this.tab !== undefined) this.tab.reveal();
    else this.fill(vscode.window.createWebviewPanel(DASHBOARD_TAB, vscode.l10n.t('Dashboard'), vscode.ViewColumn.Active));
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const session = this.connect(view.webview);
    session.setVisible(view.visible);
    view.onDidChangeVisibility(() => session.setVisible(view.visible));
    view.onDidDispose(() => session.dispose());
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.fill(panel);
    return Promise.resolve();
  }

  dispose(): void {
    this.registrations.dispose();
    this.tab?.dispose();
  }

  private fill(panel: vscode.WebviewPanel): void {
    this.tab = panel;
    panel.iconPath = this.icon;
    const session = this.connect(panel.webview);
    session.setVisible(panel.visible);
    panel.onDidChangeViewState(() => session.setVisible(panel.visible));
    panel.onDidDispose(() => {
      session.dispose();
      if (this.tab === panel) this.tab = undefined;
    });
  }

  private connect(webview: vscode.Webview): DashboardSession {
    const session = new DashboardSession(this.parts, { send: (message) => webview.postMessage(message), onMessage: (listener) => webview.onDidReceiveMessage(listener) });
    webview.options = { enableScripts: true, localResourceRoots: [this.files] };
    const address = (file: string): string => String(webview.asWebviewUri(vscode.Uri.joinPath(this.files, file)));
    webview.html = pageHtml({ script: address('dashboard.js'), style: address('dashboard.css'), source: webview.cspSource, nonce: randomBytes(16).toString('base64url') });
    return session;
  }
}

function actionsOf({ clock }: DashboardOptions): PageActions {
  const orders = {
    addTask: COMMANDS.runScript,
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
