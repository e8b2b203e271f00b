import * as vscode from 'vscode';
import type { EditorLocks } from '../editors/editor-locks.ts';
import type { WindowParts } from '../window-parts.ts';
import { ChatModels } from './chat-models.ts';
import { ModelBridge } from './model-bridge.ts';

interface ModelParts extends WindowParts {
  readonly editors: Pick<EditorLocks, 'whileEdited'>;
}

/** Tells the engine which models this window has, and lets the runners of prompts use them. */
export function registerModels({ engine, editors, home, roots, clock, onError }: ModelParts): vscode.Disposable {
  const models = new ChatModels(clock);
  const bridge = new ModelBridge({ home, roots, editors, onError });
  return vscode.Disposable.from(
    models,
    bridge,
    models.onDidHear((heard) => {
      bridge.setModels(heard);
      engine.setWindowModels(heard.map(({ id, vendor, family, name, maxInputTokens }) => ({ id, vendor, family, name, maxInputTokens }))).catch(onError);
    }),
    // Every engine is told anew; the first opens when extensions have been activated.
    engine.onDidOpen(() => models.ask()),
  );
}
