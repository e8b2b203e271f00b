import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import type { EditorLocks } from '../editors/editor-locks.ts';
import type { EngineClient } from '../engine-client.ts';
import { ChatModels } from './chat-models.ts';
import { ModelBridge } from './model-bridge.ts';

interface Parts {
  readonly engine: EngineClient;
  readonly editors: Pick<EditorLocks, 'whileEdited'>;
  readonly home: string;
  readonly roots: () => readonly string[];
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** Tells the engine which models this window has, and lets the runners of prompts use them. */
export function registerModels({ engine, editors, home, roots, clock, onError }: Parts): vscode.Disposable {
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
