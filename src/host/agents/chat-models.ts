import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import { Coalesced } from '../../core/engine/changes/coalesced.ts';
import { inTime } from '../in-time.ts';

/** An extension that offers models may keep whoever asks waiting for ever. */
const PATIENCE_MS = 10_000;
/** Extensions that come up change their models several times in a row. */
const GATHER_MS = 200;

type Models = readonly vscode.LanguageModelChat[];

/** Follows the models that extensions offer to this window. They are never waited for: whoever offers them may need this very extension host to go on. */
export class ChatModels implements Disposable {
  private readonly emitter = new Emitter<Models>();
  private readonly subscription: Disposable;
  private readonly due: Coalesced;
  private asked = 0;

  /** Told them, also when they are the same as before. */
  readonly onDidHear = this.emitter.event;

  constructor(clock: Clock) {
    this.due = new Coalesced(clock, () => void this.look());
    this.subscription = vscode.lm.onDidChangeChatModels(() => this.due.request(GATHER_MS));
  }

  /** Asks for them; not to be called before extensions have been activated. */
  ask(): void {
    this.due.request(GATHER_MS);
  }

  dispose(): void {
    this.asked = Number.NaN;
    this.subscription.dispose();
    this.due.dispose();
    this.emitter.dispose();
  }

  private async look(): Promise<void> {
    const question = ++this.asked;
    const models = await inTime(PATIENCE_MS, vscode.lm.selectChatModels());
    // A later question may have been answered first.
    if (models !== undefined && question === this.asked) this.emitter.fire(models);
  }
}
