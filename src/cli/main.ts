import { realpathSync } from 'node:fs';
import { disposable } from '../core/base/disposable.ts';
import { systemClock } from '../core/base/clock.ts';
import { UserError } from '../core/base/user-error.ts';
import type { CliWorld } from './command-context.ts';
import { EXIT, type InterruptSignal } from './exit-code.ts';
import { requireSqlite } from './needed-node.ts';
import { isForProgram, printError } from './report/print-error.ts';
import { runCli } from './run-cli.ts';
import { SHOW_CURSOR } from './terminal/live-region.ts';
import { standardOutput } from './terminal/output.ts';
import { plainStyle } from './terminal/style.ts';

const SIGNALS: readonly InterruptSignal[] = process.platform === 'win32' ? ['SIGINT', 'SIGHUP'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];

const output = standardOutput(process.stdout, process.stderr, process.env);

const world: CliWorld = {
  get cwd() {
    return currentFolder();
  },
  env: process.env,
  programFile: realpathSync(process.argv[1]!),
  output,
  clock: systemClock,
  hasKeyboard: process.stdin.isTTY === true && output.isTerminal,
  async openEngine(options) {
    requireSqlite(process.versions.node, world.programFile, process.argv.slice(2));
    muteSqliteWarning();
    return (await import('../core/engine/open-engine.ts')).openEngine(options);
  },
  async runInTerminal(request) {
    await (await import('./terminal/run-in-terminal.ts')).runInTerminal(request);
  },
  async startCommand(argv, env) {
    return (await import('./terminal/foreground-command.ts')).startInForeground(argv, env);
  },
  sharesTerminal: [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY),
  async readInput() {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks).toString('utf8');
  },
  async ask(question) {
    const { createInterface } = await import('node:readline/promises');
    const asking = createInterface({ input: process.stdin, output: process.stdout });
    const ended = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
    try {
      return await Promise.race([asking.question(question), ended]);
    } finally {
      asking.close();
    }
  },
  nextInput: () =>
    new Promise((resolve) => {
      for (const event of ['data', 'end', 'close', 'error']) process.stdin.once(event, () => resolve());
      // Input that never comes does not keep the process; a file has no such thing.
      if ('unref' in process.stdin) process.stdin.unref();
    }),
  onInterrupt(listener) {
    const listeners = SIGNALS.map((signal) => ({ signal, listen: (): void => listener(signal) }));
    for (const { signal, listen } of listeners) process.on(signal, listen);
    return disposable(() => {
      for (const { signal, listen } of listeners) process.off(signal, listen);
    });
  },
};

function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    throw new UserError('The current folder is gone;', 'change to one that is there.');
  }
}

// However the process ends, the terminal gets its cursor back.
if (output.isTerminal) process.on('exit', () => void process.stdout.write(SHOW_CURSOR));

/** Node says at every start that its SQLite is young; those who read our output cannot do anything about it. */
function muteSqliteWarning(): void {
  const emitWarning = process.emitWarning.bind(process) as (...args: readonly unknown[]) => void;
  process.emitWarning = (warning: string | Error, ...rest: readonly unknown[]): void => {
    if (!String(warning).startsWith('SQLite is an experimental feature')) emitWarning(warning, ...rest);
  };
}

async function main(): Promise<void> {
  // An engine that only looks keeps nothing alive by itself.
  const alive = setInterval(() => undefined, 2 ** 30);
  try {
    process.exitCode = await runCli(process.argv.slice(2), world);
  } catch (error) {
    process.exitCode = EXIT.fault;
    const message = `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\nThis is a fault of Parallel Workflow.`;
    if (isForProgram(process.argv.slice(2))) printError(output, message, EXIT.fault, { json: true, style: plainStyle });
    else output.writeError(`${message}\n`);
  } finally {
    clearInterval(alive);
  }
}

void main();
