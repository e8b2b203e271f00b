import type { Disposable } from '../../core/base/disposable.ts';
import type { CliWorld } from '../command-context.ts';
import type { InterruptSignal } from '../exit-code.ts';
import type { ForegroundCommand } from '../terminal/foreground-command.ts';

/** Signals that come while we wait are for us; once a command runs, they are for the command. */
export class InterruptRelay implements Disposable {
  /** Resolves at the first signal. */
  readonly first: Promise<void>;
  private last: InterruptSignal | undefined;
  private command: ForegroundCommand | undefined;
  private readonly listening: Disposable;

  constructor(world: Pick<CliWorld, 'onInterrupt' | 'sharesTerminal'>) {
    let resolveFirst = (): void => undefined;
    this.first = new Promise((resolve) => (resolveFirst = resolve));
    this.listening = world.onInterrupt((signal) => {
      this.last = signal;
      // A terminal has sent Ctrl-C to the command as well.
      if (signal !== 'SIGINT' || !world.sharesTerminal) this.command?.kill(signal);
      resolveFirst();
    });
  }

  get received(): InterruptSignal | undefined {
    return this.last;
  }

  /** The command gets those to come, and one that came while it was being started. */
  passTo(command: ForegroundCommand): void {
    this.command = command;
    if (this.last !== undefined) command.kill(this.last);
  }

  dispose(): void {
    this.listening.dispose();
  }
}
