import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import type { BridgeServer } from './bridge-server.ts';
import type { BridgeParts } from './open-bridge.ts';

/** Lets runners of prompts use this window's models and editors, once it has models, is trusted, and has folders. */
export class ModelBridge implements Disposable {
  private readonly parts: BridgeParts;
  private readonly subscription: Disposable;
  private server: Promise<BridgeServer> | undefined;
  private hasModels = false;
  private isDisposed = false;

  constructor(parts: BridgeParts) {
    this.parts = parts;
    const review = (): void => this.review();
    this.subscription = vscode.Disposable.from(vscode.workspace.onDidGrantWorkspaceTrust(review), vscode.workspace.onDidChangeWorkspaceFolders(review));
  }

  /** To be told whenever the models that the window offers have changed. */
  setModels(models: readonly unknown[]): void {
    this.hasModels = models.length > 0;
    this.review();
  }

  dispose(): void {
    this.isDisposed = true;
    this.subscription.dispose();
    void this.server?.then((server) => server.dispose(), () => undefined);
  }

  private review(): void {
    const { roots, onError } = this.parts;
    if (this.server !== undefined) {
      void this.server.then((server) => server.setRoots(roots())).catch(onError);
      return;
    }
    if (this.isDisposed || !vscode.workspace.isTrusted || roots().length === 0 || !this.hasModels) return;
    this.server = import('./open-bridge.ts').then(({ openBridge }) => openBridge(this.parts));
    this.server.then(
      (server) => {
        if (this.isDisposed) server.dispose();
      },
      (error: unknown) => {
        this.server = undefined;
        onError(error);
      },
    );
  }
}
