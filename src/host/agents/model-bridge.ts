import * as vscode from 'vscode';
import type { WindowService } from '../../agent/window/window-service.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import type { EditorLocks } from '../editors/editor-locks.ts';
import { BridgeServer } from './bridge-server.ts';
import { chat } from './chat.ts';
import { replaceText, unsavedText } from './window-edits.ts';

interface Parts {
  readonly home: string;
  readonly roots: () => readonly string[];
  readonly editors: Pick<EditorLocks, 'whileEdited'>;
  readonly onError: (error: unknown) => void;
}

/** Lets runners of prompts use this window's models and editors, once it has models, is trusted, and has folders. */
export class ModelBridge implements Disposable {
  private readonly parts: Parts;
  private readonly subscription: Disposable;
  private server: Promise<BridgeServer> | undefined;
  private hasModels = false;
  private isDisposed = false;

  constructor(parts: Parts) {
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
    const { home, roots, onError } = this.parts;
    if (this.server !== undefined) {
      void this.server.then((server) => server.setRoots(roots())).catch(onError);
      return;
    }
    if (this.isDisposed || !vscode.workspace.isTrusted || roots().length === 0 || !this.hasModels) return;
    this.server = BridgeServer.open({ home, roots: roots(), service: this.service(), onError });
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

  private service(): WindowService {
    const { roots, editors } = this.parts;
    return {
      chat,
      unsaved: (file) => Promise.resolve(unsavedText(file)),
      replace: (file, before, after) => replaceText(file, before, after, { roots: roots(), editors }),
    };
  }
}
