import path from 'node:path';
import type { Clock } from '../../core/base/clock.ts';
import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort, TaskDetail } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import type { Run } from '../../core/model/run.ts';
import { formatBytes } from '../../core/present/format/format-bytes.ts';
import { describeOutcome } from '../../core/present/tasks/describe-outcome.ts';
import { always, command } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';
import { copyGrowing } from '../log/copy-growing.ts';
import { copyWhole, sizeOf } from '../log/copy-whole.ts';
import { printJson } from '../report/print-json.ts';
import { isServed } from '../serving-engine.ts';
import { settleLeftovers, withObserver } from '../session.ts';
import { parseOnlyTaskId } from '../task-ids.ts';

/** Between two looks at whether a run has ended unseen. */
const LOOK_MS = 200;

export const logCommand = command({
  usage: ['log ID [OPTIONS]'],
  about: ['What the latest run of a task wrote to its standard output. With --json the places of the files.'],
  options: {
    follow: { type: 'boolean', short: 'f', help: 'go on until the task has ended, through its further attempts' },
    stderr: { type: 'boolean', short: 'e', help: 'its error output instead' },
    run: { type: 'string', value: 'N', help: 'of its N-th run instead of the latest' },
  },
  needsState: always,
  async run(context, { options, positionals }) {
    const id = parseOnlyTaskId(positionals);
    const attempt = parseAttempt(options.run);
    if (options.follow && (attempt !== undefined || context.json)) throw new UserError(`\`--follow\` does not go with \`${attempt === undefined ? '--json' : '--run'}\`: it follows the latest run.`);
    const stream = options.stderr ? 'stderr' : 'stdout';
    return withObserver(context, async (engine) => {
      if (options.follow) return follow(id, stream, engine, context);
      const detail = await detailOf(engine, id);
      const run = runOf(detail, attempt);
      const file = path.join(run.folder, stream);
      if (context.json) {
        printJson(context.output, { id, attempt: run.attempt, stdout: path.join(run.folder, 'stdout'), stderr: path.join(run.folder, 'stderr') });
        return EXIT.ok;
      }
      if (!(await copyWhole(file, context.output))) {
        const { state } = detail.task;
        if (run.pid === undefined && state.status === 'finished') throw new UserError(`Task #${id} never started, so it wrote nothing:`, describeOutcome(state.outcome));
        throw new UserError(`The log of run ${run.attempt} of task #${id} is gone: ${file} was cleared away.`);
      }
      hintAtOtherStream(run, stream, context);
      return EXIT.ok;
    });
  },
});

async function follow(id: TaskId, stream: 'stdout' | 'stderr', engine: EnginePort, context: CommandContext): Promise<number> {
  let shown: Run | undefined;
  let isTold = false;
  for (;;) {
    const { task, runs } = await detailOf(engine, id);
    const run = runs.find(({ attempt }) => attempt > (shown?.attempt ?? 0));
    if (run !== undefined) {
      if (shown !== undefined && !context.quiet) context.output.writeError(`Run ${run.attempt}:\n`);
      await copyGrowing(path.join(run.folder, stream), context, endOf(run, engine, context.clock));
      await settleLeftovers(engine, context);
      shown = run;
      isTold = false;
    } else if (task.state.status === 'finished' || context.output.isClosed) {
      return EXIT.ok;
    } else {
      if (task.state.status === 'queued' && !isTold && !context.quiet && !(await isServed(task.workspace, engine))) {
        isTold = true;
        context.output.writeError(`Task #${id} waits, and no engine serves its workspace: \`parallel-workflow wait ${id}\` starts it.\n`);
      }
      await nextChange(engine, id);
    }
  }
}

/** Whether a run is over, whoever saw it. Asked at each growth of a file; who looks at processes does so now and then. */
function endOf(run: Run, engine: EnginePort, clock: Clock): () => Promise<boolean> {
  let lookedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (await hasEnded(engine, run)) return true;
    if (clock.now() - lookedAt < LOOK_MS) return false;
    lookedAt = clock.now();
    return (await engine.leftovers()).ended.includes(run.task);
  };
}

async function hasEnded(engine: EnginePort, run: Run): Promise<boolean> {
  const detail = await engine.detail(run.task);
  return detail?.runs.find(({ id }) => id === run.id)?.endedAt !== undefined || detail === undefined;
}

function nextChange(engine: EnginePort, id: TaskId): Promise<void> {
  return new Promise((resolve) => {
    const watching = engine.onDidChange(({ tasks }) => {
      if (tasks !== undefined && !tasks.includes(id)) return;
      watching.dispose();
      resolve();
    });
  });
}

async function detailOf(engine: EnginePort, id: TaskId): Promise<TaskDetail> {
  const detail = await engine.detail(id);
  if (detail === undefined) throw new UserError(`There is no task #${id};`, '`parallel-workflow list --all` shows those there are.');
  return detail;
}

function runOf({ task, runs }: TaskDetail, attempt: number | undefined): Run {
  const run = attempt === undefined ? runs.at(-1) : runs.find((each) => each.attempt === attempt);
  if (run !== undefined) return run;
  if (runs.length === 0) throw new UserError(`Task #${task.id} has not run yet, so it has no log;`, `\`parallel-workflow show ${task.id}\` says why, and \`log ${task.id} --follow\` waits for it.`);
  throw new UserError(`Task #${task.id} has no run ${attempt}; it has ${runs.map((each) => each.attempt).join(', ')}.`);
}

/** An empty page looks like a fault when all there is to read is in the other file. */
function hintAtOtherStream(run: Run, stream: 'stdout' | 'stderr', { output, quiet }: CommandContext): void {
  const other = stream === 'stdout' ? 'stderr' : 'stdout';
  const size = sizeOf(path.join(run.folder, other)) ?? 0;
  if (quiet || size === 0 || (sizeOf(path.join(run.folder, stream)) ?? 0) > 0) return;
  output.writeError(`It wrote nothing to ${stream}, and ${formatBytes(size)} to ${other}: parallel-workflow log ${run.task}${other === 'stderr' ? ' --stderr' : ''}\n`);
}

function parseAttempt(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UserError(`Expected \`--run\` to be the number of a run, an integer ≥ 1, got \`${text}\`.`);
  return Number(text);
}
