import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { isAsExpected } from '../../core/model/outcome.ts';
import type { CommandContext } from '../command-context.ts';
import type { OptionTable } from '../command-option.ts';
import { EXIT, EXIT_BY_SIGNAL } from '../exit-code.ts';
import { failureLines } from '../report/failure-lines.ts';
import { finalTable } from '../report/final-table.ts';
import { printError } from '../report/print-error.ts';
import { printJson } from '../report/print-json.ts';
import { taskJson } from '../report/task-json.ts';
import { BlockProgress } from './block-progress.ts';
import { followTasks } from './follow-tasks.ts';
import { leavingText } from './leaving-text.ts';
import { LineProgress } from './line-progress.ts';
import { silentProgress } from './progress.ts';
import type { TaskBoard } from './task-board.ts';
import { tellPaused } from './tell-paused.ts';
import { spanAndSum, totalsOf } from './task-totals.ts';
import { TerminalQueue } from './terminal-queue.ts';
import { tellWithoutTerminal } from './without-terminal.ts';

export const FOLLOW_OPTIONS = {
  'cancel-on-interrupt': { type: 'boolean', help: 'let the first Ctrl-C cancel the tasks; without, it leaves them running' },
} as const satisfies OptionTable;

export interface FollowToEnd {
  readonly cancelOnInterrupt: boolean;
  readonly more?: () => Promise<readonly TaskId[]>;
}

/** Follows tasks with progress for people and reports how they ended; resolves with the exit code. */
export async function followToEnd(engine: EnginePort, ids: readonly TaskId[], context: CommandContext, { cancelOnInterrupt, more }: FollowToEnd): Promise<number> {
  await tellWithoutTerminal(ids, engine, context);
  await tellPaused(ids, engine, context);
  const { output, style, clock } = context;
  const isSilent = context.json || context.quiet;
  const block = !isSilent && output.isTerminal ? new BlockProgress(output, style, clock.now()) : undefined;
  const progress = block ?? (isSilent ? silentProgress : new LineProgress(output, clock.now()));
  const terminals = new TerminalQueue(engine, (request) => context.runInTerminal(request), (taken) => (taken ? block?.suspend() : block?.resume()));
  try {
    const { board, signal } = await followTasks(engine, ids, {
      world: context,
      progress,
      cancelOnInterrupt,
      isTerminalTaken: () => terminals.isTaken,
      ...(more !== undefined && { more }),
    });
    if (signal !== undefined && !board.isOver) {
      if (context.json) printError(output, leavingText(board).trimEnd(), EXIT_BY_SIGNAL[signal], context);
      else output.writeError(leavingText(board));
      return EXIT_BY_SIGNAL[signal];
    }
    await report(engine, board, context);
    if (signal !== undefined) return EXIT_BY_SIGNAL[signal];
    return board.unexpected + board.forgotten === 0 ? EXIT.ok : EXIT.failed;
  } finally {
    terminals.dispose();
  }
}

async function report(engine: EnginePort, board: TaskBoard, { output, style, cwd, json, quiet, clock }: CommandContext): Promise<void> {
  const views = board.all;
  const totals = await totalsOf(engine, views);
  if (json) {
    const { spanMs, sumMs } = spanAndSum(totals.values());
    const asExpected = board.forgotten === 0 && views.every(({ task: { state, spec } }) => state.status === 'finished' && isAsExpected(state.outcome, spec.expect));
    printJson(output, { asExpected, spanMs, sumMs, tasks: views.map((view) => taskJson(view, clock.now())) });
    return;
  }
  if (!quiet) output.write(['', ...finalTable(views, totals, { cwd, style, width: output.columns }), ''].join('\n'));
  if (board.forgotten > 0) output.writeError(`${board.forgotten} of the tasks were cleared away by somebody else before their end was seen.\n`);
  const failures = failureLines(views, style);
  if (failures.length > 0) output.writeError(`${failures.join('\n')}\n`);
}
