import type { Disposable } from '../../core/base/disposable.ts';
import type { EnginePort, TerminalRequest } from '../../core/engine/engine-port.ts';

/** Gives the one terminal there is to interactive tasks, one after another. */
export class TerminalQueue implements Disposable {
  private readonly subscription: Disposable;
  private readonly waiting: TerminalRequest[] = [];
  private readonly run: (request: TerminalRequest) => Promise<void>;
  private readonly onTaken: (taken: boolean) => void;
  private taken = false;

  constructor(engine: EnginePort, run: (request: TerminalRequest) => Promise<void>, onTaken: (taken: boolean) => void) {
    this.run = run;
    this.onTaken = onTaken;
    this.subscription = engine.onDidRequestTerminal((request) => {
      this.waiting.push(request);
      if (!this.taken) void this.serve();
    });
  }

  get isTaken(): boolean {
    return this.taken;
  }

  dispose(): void {
    this.subscription.dispose();
    this.waiting.length = 0;
  }

  private async serve(): Promise<void> {
    this.taken = true;
    this.onTaken(true);
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) await this.run(next);
    this.taken = false;
    this.onTaken(false);
  }
}
