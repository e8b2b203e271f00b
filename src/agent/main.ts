import { systemClock } from '../core/base/clock.ts';
import { messageOf, UserError } from '../core/base/user-error.ts';
import { DEFAULT_OPTIONS } from '../core/engine/engine-options.ts';
import { openEngine } from '../core/engine/open-engine.ts';
import { RUN_MARK } from '../core/process/process-table.ts';
import { DRIVERS } from './drivers.ts';
import { readRequest } from './read-request.ts';
import { runTurn } from './run-turn.ts';
import { TerminalConversation } from './terminal-conversation.ts';

const EXIT = { completed: 0, failed: 1, stopped: 143 } as const;

/** The program that an engine starts for a prompt: it finds what is asked of it in the run's folder, and leaves there what came of it. */
async function main(): Promise<number> {
  const folder = process.env[RUN_MARK];
  if (folder === undefined) throw new UserError('This program is started by Parallel Workflow for a prompt;', 'queue one with `parallel-workflow run --prompt TEXT`.');
  const request = readRequest(folder);
  const ending = new AbortController();
  const stop = (): void => ending.abort();
  // An engine asks everybody below the run to end; the terminal of a person sends Ctrl-C.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
  const report = await runTurn({
    folder,
    request,
    conversation: new TerminalConversation((text) => void process.stdout.write(text), (process.env.NO_COLOR ?? '') === ''),
    clock: systemClock,
    signal: ending.signal,
    loadDriver: async (engine) => DRIVERS[request.agent]?.({ request, folder, engine }),
    openEngine: () => openEngine({ ...DEFAULT_OPTIONS, home: request.home, kind: 'agent', roots: [], runsTasks: false }),
  });
  if (ending.signal.aborted) return EXIT.stopped;
  return report.evidence.type === 'completed' ? EXIT.completed : EXIT.failed;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof UserError ? error.message : ((error as Error).stack ?? messageOf(error))}\n`);
  process.exitCode = EXIT.failed;
}
