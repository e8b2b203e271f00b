import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { ScheduleView } from '../../core/model/schedules/schedule-view.ts';
import { nearest } from '../../core/spec/nearest.ts';
import { command, unlessOrdered } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { configApplier } from '../config/config-applier.ts';
import { EXIT } from '../exit-code.ts';
import type { ParsedLine } from '../parse-options.ts';
import { namedSchedules } from '../schedules/named-schedules.ts';
import { printSchedules } from '../schedules/print-schedules.ts';
import { queuedBy } from '../schedules/queued-by.ts';
import { scheduleDraft } from '../schedules/schedule-draft.ts';
import { SCHEDULE_OPTIONS } from '../schedules/schedule-options.ts';
import { configure, withObserver, workspaceFor } from '../session.ts';
import { workspaceOfDraft } from '../submit/submit-draft.ts';

type Order = (engine: EnginePort, view: ScheduleView) => Promise<void>;

const ORDERS: Readonly<Record<string, { readonly give: Order; readonly done: string }>> = {
  remove: { give: (engine, { schedule }) => engine.removeSchedule(schedule.id), done: 'Removed' },
  pause: { give: (engine, { schedule }) => engine.pauseSchedule(schedule.id, true), done: 'Paused' },
  resume: { give: (engine, { schedule }) => engine.pauseSchedule(schedule.id, false), done: 'Resumed' },
  run: { give: (engine, { schedule }) => engine.runScheduleNow(schedule.id), done: 'Queued' },
  trust: { give: (engine, { schedule }) => engine.trustSchedule(schedule.id), done: 'Trusted' },
};
const ACTIONS: readonly string[] = ['list', 'add', ...Object.keys(ORDERS)];

export const schedulesCommand = command({
  usage: ['schedules [list]', 'schedules add FILE... WHEN [OPTIONS] [-- ARGUMENTS]', 'schedules add WHEN [OPTIONS] -- COMMAND [ARGUMENTS]', 'schedules add --batch FILE WHEN [OPTIONS]', 'schedules remove|pause|resume|run|trust ID|NAME...'],
  about: [
    'WHEN is one of --every, --daily, --weekly, --monthly, --once, --cron. What comes due is queued by whichever engine serves the',
    'workspace: a VS Code window, or `parallel-workflow serve`; each due time once, however many there are.',
  ],
  options: SCHEDULE_OPTIONS,
  needsState: unlessOrdered,
  run(context, line) {
    const { positionals: [action = 'list', ...words] } = line;
    if (action === 'add') return add({ ...line, positionals: words }, context);
    const order = ORDERS[action];
    if (order === undefined && action !== 'list') throw unknownAction(action);
    if (order === undefined && words.length > 0) throw new UserError(`\`schedules list\` takes no words, got \`${words.join(' ')}\`.`);
    if (order !== undefined && words.length === 0) throw new UserError(`\`schedules ${action}\` needs the number or the name of a schedule.`);
    return order === undefined ? list(line.options.all, context) : give(action, order, words, context);
  },
});

function list(all: boolean, context: CommandContext): Promise<number> {
  return withObserver(context, async (engine) => {
    const workspace = await workspaceFor(context, engine);
    await readFiles(workspace, engine, context);
    const roots = all ? [] : [workspace];
    const views = await engine.schedules(roots);
    if (views.length === 0 && !context.json && !context.quiet) context.output.write(`There are no schedules${all ? '' : ` in ${roots.join()}`}; \`parallel-workflow schedules add\` makes one.\n`);
    else printSchedules(views, context);
    tellUntrusted(views, context);
    return EXIT.ok;
  });
}

function add(line: ParsedLine<typeof SCHEDULE_OPTIONS>, context: CommandContext): Promise<number> {
  const draft = scheduleDraft(line, context.cwd);
  return withObserver(context, async (engine) => {
    const workspace = await workspaceOfDraft(draft.submission, context, engine);
    await configure(engine, workspace, context);
    const added = await engine.addSchedule(workspace, draft.written(workspace), 'cli');
    if (!added.ok) throw draft.refusal(added.error);
    const views = (await engine.schedules([workspace])).filter(({ schedule }) => schedule.id === added.value);
    printSchedules(views, context);
    if (!context.json && !context.quiet && views.some(({ isServed }) => !isServed)) {
      context.output.writeError('No engine serves this workspace now, so nothing comes due yet: open it in VS Code, or run `parallel-workflow serve`.\n');
    }
    return EXIT.ok;
  });
}

function give(action: string, { give, done }: { readonly give: Order; readonly done: string }, words: readonly string[], context: CommandContext): Promise<number> {
  return withObserver(context, async (engine) => {
    const workspace = await workspaceFor(context, engine);
    await readFiles(workspace, engine, context);
    const views = namedSchedules(words, await engine.schedules([]), workspace);
    const [untrusted] = action === 'run' ? views.filter(isUntrusted) : [];
    if (untrusted !== undefined) throw new UserError(`“${untrusted.schedule.name}” comes with a file of the workspace, and nobody has said yes to it.`, trustHint(untrusted));
    for (const view of views) {
      await give(engine, view);
      if (!context.json && !context.quiet) context.output.write(`${action === 'run' ? await queuedBy(view.schedule.id, engine) : `${done} #${view.schedule.id} ${view.schedule.name}.`}\n`);
    }
    if (action === 'resume') tellUntrusted(views, context);
    if (context.json) {
      const named = new Set(views.map(({ schedule }) => schedule.id));
      printSchedules((await engine.schedules([])).filter(({ schedule }) => named.has(schedule.id)), context);
    }
    return EXIT.ok;
  });
}

/** What nobody has said yes to never comes due, whatever else is ordered. */
function tellUntrusted(views: readonly ScheduleView[], { output, json, quiet }: CommandContext): void {
  if (json || quiet) return;
  const untrusted = views.filter(isUntrusted);
  const [first, ...more] = untrusted;
  if (first === undefined) return;
  output.writeError(`${more.length === 0 ? `#${first.schedule.id} ${first.schedule.name} comes` : `${untrusted.length} of these come`} with a file of the workspace. ${trustHint(...untrusted)}\n`);
}

function trustHint(...views: readonly ScheduleView[]): string {
  return `Trust ${views.length === 1 ? 'it' : 'them'} with \`parallel-workflow schedules trust ${views.map(({ schedule }) => schedule.id).join(' ')}\`.`;
}

function isUntrusted({ state }: ScheduleView): boolean {
  return state.type === 'untrusted';
}

async function readFiles(workspace: string, engine: EnginePort, context: CommandContext): Promise<void> {
  const config = await configure(engine, workspace, context);
  for (const line of await configApplier(engine, [workspace], config, false)()) context.output.writeError(`${line}\n`);
}

function unknownAction(action: string): UserError {
  const near = nearest(action, ACTIONS);
  return new UserError(`Expected one of ${ACTIONS.map((each) => `\`${each}\``).join(', ')} after \`schedules\`, got \`${action}\`${near === undefined ? '.' : `; did you mean \`${near}\`?`}`);
}
