import * as vscode from 'vscode';
import { DASHBOARD_TAB, PANEL_VIEWS } from '../../host/ids.ts';
import { onUse } from '../../host/on-use.ts';
import type { DashboardOptions } from './dashboard-pages.ts';

/** The dashboard, as a view in the panel area and as an editor tab; both show the same page, whose code is loaded with the first of them. */
export class Dashboard implements vscode.WebviewViewProvider, vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly options: DashboardOptions;
  private readonly registrations: vscode.Disposable;
  private readonly pages = onUse(async () => new (await import('./dashboard-pages.ts')).DashboardPages(this.options));
  private tab: vscode.WebviewPanel | undefined;

  constructor(options: DashboardOptions) {
    this.options = options;
    this.registrations = vscode.Disposable.from(
      vscode.window.registerWebviewViewProvider(PANEL_VIEWS.dashboard, this),
      vscode.window.registerWebviewPanelSerializer(DASHBOARD_TAB, this),
    );
  }

  /** Shows the tab; there is one in a window. */
  async open(): Promise<void> {
    if (this.tab !== undefined) this.tab.reveal();
    else await this.fill(vscode.window.createWebviewPanel(DASHBOARD_TAB, vscode.l10n.t('Dashboard'), vscode.ViewColumn.Active));
  }

  resolveWebviewView(view: vscode.WebviewView): Promise<void> {
    return this.show(view).catch(this.options.onError);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    return this.fill(panel).catch(this.options.onError);
  }

  dispose(): void {
    this.registrations.dispose();
    this.tab?.dispose();
  }

  private async fill(panel: vscode.WebviewPanel): Promise<void> {
    this.tab = panel;
    // A tab shows a picture in its own colours.
    const media = vscode.Uri.joinPath(this.options.extension, 'media');
    panel.iconPath = { light: vscode.Uri.joinPath(media, 'dashboard-light.svg'), dark: vscode.Uri.joinPath(media, 'dashboard-dark.svg') };
    panel.onDidDispose(() => {
      if (this.tab === panel) this.tab = undefined;
    });
    try {
      await this.show(panel);
    } catch (error) {
      // The next click tries again.
      panel.dispose();
      throw error;
    }
  }

  private async show(surface: vscode.WebviewView | vscode.WebviewPanel): Promise<void> {
    let isGone = false;
    const going = surface.onDidDispose(() => (isGone = true));
    const pages = await this.pages();
    going.dispose();
    if (!isGone) pages.show(surface);
  }
}
