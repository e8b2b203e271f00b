import type { Disposable } from '../../src/core/base/disposable.ts';
import { Emitter } from '../../src/core/base/emitter.ts';
import type { Clock } from '../../src/core/base/clock.ts';
import type { EnginePort, TerminalRequest } from '../../src/core/engine/engine-port.ts';
import type { CliWorld } from '../../src/cli/command-context.ts';
import type { EngineOptions } from '../../src/core/engine/engine-options.ts';
import type { InterruptSignal } from '../../src/cli/exit-code.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import type { ForegroundCommand } from '../../src/cli/terminal/foreground-command.ts';
import type { Output } from '../../src/cli/terminal/output.ts';
import { FakeCommand } from './fake-command.ts';
import type { FakeEngine } from './fake-engine.ts';

/** What was written, and the size of a terminal that is not there. */
export class FakeOutput implements Output {
  text = '';
  errors = '';
  isTerminal = false;
  columns: number | undefined;
  rows: number | undefined;
  isClosed = false;

  write(text: string): void {
    this.text += text;
  }

  writeBytes(bytes: Uint8Array): Promise<void> {
    this.text += Buffer.from(bytes).toString('utf8');
    return Promise.resolve();
  }

  writeError(text: string): void {
    this.errors += text;
  }

  written(): Promise<void> {
    return Promise.resolve();
  }
}

/** The world of a command line, around an engine in memory. */
export class FakeWorld implements CliWorld {
  readonly output = new FakeOutput();
  readonly opened: EngineOptions[] = [];
  readonly interrupts = new Emitter<InterruptSignal>();
  readonly terminalRuns: TerminalRequest[] = [];
  readonly commands: FakeCommand[] = [];
  /** What comes instead of the next command. */
  commandError: Error | undefined;
  sharesTerminal = false;
  readonly input = new Emitter<void>();
  env: NodeJS.ProcessEnv = { PARALLEL_WORKFLOW_HOME: '/state' };
  cwd = '/lab';
  programFile = '/lab/dist/cli.js';
  hasKeyboard = false;
  clock: Clock;
  private readonly engine: FakeEngine;

  constructor(engine: FakeEngine) {
    this.engine = engine;
    this.clock = { now: () => engine.now, after: () => () => undefined };
  }

  /** Runs a command line; resolves with its exit code. */
  run(...words: readonly string[]): Promise<number> {
    return runCli(words, this);
  }

  openEngine(options: EngineOptions): Promise<EnginePort> {
    this.opened.push(options);
    return Promise.resolve(this.engine);
  }

  runInTerminal(request: TerminalRequest): Promise<void> {
    this.terminalRuns.push(request);
    return Promise.resolve();
  }

  startCommand(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<ForegroundCommand> {
    if (this.commandError !== undefined) return Promise.reject(this.commandError);
    const command = new FakeCommand(argv, env);
    this.commands.push(command);
    return Promise.resolve(command);
  }

  /** What comes on the standard input. */
  inputText = '';

  readInput(): Promise<string> {
    return Promise.resolve(this.inputText);
  }

  /** What is answered to a question. */
  answer = '';

  ask(question: string): Promise<string> {
    this.output.text += question;
    return Promise.resolve(this.answer);
  }

  nextInput(): Promise<void> {
    return new Promise((resolve) => this.input.event(() => resolve()));
  }

  onInterrupt(listener: (signal: InterruptSignal) => void): Disposable {
    return this.interrupts.event(listener);
  }
}
