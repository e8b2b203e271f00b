import type { ForegroundCommand } from '../../src/cli/terminal/foreground-command.ts';

/** A command that ends when the test says so. */
export class FakeCommand implements ForegroundCommand {
  readonly pid = 4711;
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly signals: NodeJS.Signals[] = [];
  hasBegun = false;
  readonly ended: Promise<number>;
  /** Ends it with an exit code. */
  end: (code: number) => void = () => undefined;

  constructor(argv: readonly string[], env: NodeJS.ProcessEnv) {
    this.argv = argv;
    this.env = env;
    this.ended = new Promise((resolve) => (this.end = resolve));
  }

  begin(): void {
    this.hasBegun = true;
  }

  kill(signal: NodeJS.Signals): void {
    this.signals.push(signal);
  }
}
