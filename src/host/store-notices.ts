import * as vscode from 'vscode';
import type { Disposable } from '../core/base/disposable.ts';
import type { EngineClient } from './engine-client.ts';

/** Tells what the store says of itself when it is opened, such as that a damaged file was set aside; each thing once. */
export function tellStoreNotices(engine: Pick<EngineClient, 'onDidOpen' | 'status'>, onError: (error: unknown) => void): Disposable {
  const told = new Set<string>();
  return engine.onDidOpen(() => {
    engine.status([]).then(({ storeNotice }) => {
      if (storeNotice === undefined || told.has(storeNotice)) return;
      told.add(storeNotice);
      void vscode.window.showWarningMessage(storeNotice);
    }, onError);
  });
}
