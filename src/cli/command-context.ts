import type { Clock } from '../core/base/clock.ts';
import type { Disposable } from '../core/base/disposable.ts';
import type { EngineOptions } from '../core/engine/engine-options.ts';
import type { EnginePort, TerminalRequest } from '../core/engine/engine-port.ts';
import type { InterruptSignal } from './exit-code.ts';
import type { ForegroundCommand } from './terminal/foreground-command.ts';
import type { Output } from './terminal/output.ts';
import type { Style } from './terminal/style.ts';

/** The world around the program, replaced in tests. */
export interface CliWorld {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly output: Output;
  /** The file that Node was started with, links followed. */
  readonly programFile: string;
  readonly clock: Clock;
  /** Somebody sits at the keyboard: input and output are a terminal. */
  readonly hasKeyboard: boolean;
  openEngine(options: EngineOptions): Promise<EnginePort>;
  /** Lends the terminal to a program; resolves when it has ended. */
  runInTerminal(request: TerminalRequest): Promise<void>;
  /** Runs a command that has our input, output and terminal; rejects with the system's error when it cannot be started. */
  startCommand(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<ForegroundCommand>;
  /** Whether Ctrl-C in a terminal reaches our children as well as us. */
  readonly sharesTerminal: boolean;
  /** All of the standard input, to its end. */
  readInput(): Promise<string>;
  /** Asks whoever sits at the keyboard; resolves with the line that comes, empty at the end of the input. */
  ask(question: string): Promise<string>;
  /** Resolves at a line of the standard input, or at its end. */
  nextInput(): Promise<void>;
  /** While it is listened to, a signal does not end the process. */
  onInterrupt(listener: (signal: InterruptSignal) => void): Disposable;
}

/** What a command is given besides its own words. */
export interface CommandContext extends CliWorld {
  /** State folder. */
  readonly home: string;
  /** From `--workspace`, absolute. */
  readonly workspace: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly style: Style;
}
