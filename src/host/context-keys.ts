import * as vscode from 'vscode';
import type { Clock } from '../core/base/clock.ts';
import type { Disposable } from '../core/base/disposable.ts';
import { Coalesced } from '../core/engine/changes/coalesced.ts';
import type { EnginePort } from '../core/engine/engine-port.ts';
import { CONTEXTS, type ContextKey } from './ids.ts';

const GATHER_MS = 250;

/** Keeps the context keys that menus ask for in step with the queue; VS Code hears of changes only. */
export class ContextKeys implements Disposable {
  private readonly subscription: Disposable;
  private readonly due: Coalesced;
  private readonly values = new Map<ContextKey, unknown>();

  constructor(engine: Pick<EnginePort, 'status' | 'onDidChange'>, roots: () => readonly string[], clock: Clock, onError: (error: unknown) => void) {
    this.due = new Coalesced(clock, () => {
      engine.status(roots()).then(({ counts, paused }) => {
        this.set(CONTEXTS.paused, paused);
        this.set(CONTEXTS.hasFinished, counts.finished > 0);
        this.set(CONTEXTS.hasUnfinished, counts.running + counts.waiting + counts.scheduled > 0);
      }, onError);
    });
    this.subscription = engine.onDidChange(() => this.due.request(GATHER_MS));
  }

  dispose(): void {
    this.subscription.dispose();
    this.due.dispose();
  }

  private set(key: ContextKey, value: unknown): void {
    if (this.values.get(key) === value) return;
    this.values.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
