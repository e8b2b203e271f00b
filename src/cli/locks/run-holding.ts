import path from 'node:path';
import { messageOf } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { HoldId } from '../../core/model/ids.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';
import { printError } from '../report/print-error.ts';
import type { ForegroundCommand } from '../terminal/foreground-command.ts';
import type { InterruptRelay } from './interrupt-relay.ts';
import { HOLDS_VARIABLE } from './own-files.ts';

/** What others are shown of a command. */
export function commandName(argv: readonly string[]): string {
  return argv.map((part) => path.basename(part)).slice(0, 3).join(' ');
}

/** Runs a command under a hold, or without one when its files are held around us already. Resolves with its exit code. */
export async function runHolding(argv: readonly string[], hold: HoldId | undefined, engine: EnginePort, context: CommandContext, relay: InterruptRelay): Promise<number> {
  const holds = [context.env[HOLDS_VARIABLE] ?? '', hold ?? ''].filter((text) => text !== '').join(',');
  let command: ForegroundCommand;
  try {
    command = await context.startCommand(argv, { ...context.env, ...(holds !== '' && { [HOLDS_VARIABLE]: holds }) });
  } catch (error) {
    return notStarted(argv[0]!, error, context);
  }
  // Before it begins: should this process be killed, the command goes on, and with it its lock.
  if (hold !== undefined) await engine.setHoldProcess(hold, command.pid);
  relay.passTo(command);
  command.begin();
  return command.ended;
}

function notStarted(program: string, error: unknown, context: CommandContext): number {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  const code = isMissing ? EXIT.notFound : EXIT.notExecutable;
  printError(context.output, isMissing ? `There is no program \`${program}\`; install it, or give its path.` : `\`${program}\` cannot be started: ${messageOf(error)}.`, code, context);
  return code;
}
