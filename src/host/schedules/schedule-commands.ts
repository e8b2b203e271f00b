import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { ScheduleRunView, ScheduleView } from '../../core/model/schedules/schedule-view.ts';
import { describeRequest } from '../../core/present/agents/describe-request.ts';
import { describeRule } from '../../core/present/schedules/describe-rule.ts';
import { presentSchedule, scheduleWords, type ScheduleWord } from '../../core/present/schedules/present-schedule.ts';
import type { CommandHandler, CommandParts, Commands } from '../commands/command-parts.ts';
import { COMMANDS, VIEWS } from '../ids.ts';
import { activeScript } from '../queueing/pick-scripts.ts';
import { problemsText } from '../queueing/problems-text.ts';
import { isScript } from '../queueing/script-kinds.ts';
import { requireRoots, requireTrust } from '../workspace-roots.ts';
import { answersOf, firstAnswers, whenFields, type ScheduleAnswers, type What } from './schedule-answers.ts';

type Parts = Pick<CommandParts, 'tree' | 'submission' | 'clock'> & {
  readonly engine: Pick<
    EnginePort,
    'roles' | 'schedules' | 'addSchedule' | 'changeSchedule' | 'removeSchedule' | 'pauseSchedule' | 'trustSchedule' | 'runScheduleNow' | 'views'
  >;
};

/** Commands about schedules; they are called on a row, or with nothing, and then ask. */
export function scheduleCommands(parts: Parts) {
  const { engine, clock } = parts;
  const now = (): number => clock.now();
  const roles = (): ReturnType<EnginePort['roles']> => engine.roles(requireRoots());

  const order = (word: ScheduleWord | undefined, title: string, act: (view: ScheduleView, run?: ScheduleRunView) => Promise<unknown>): CommandHandler => async (target) => {
    const run = runOf(target);
    const view = await targetSchedule(engine, target, word, title, now());
    if (view !== undefined) await act(view, run);
  };

  const create = async (what?: What): Promise<void> => {
    requireRoots();
    requireTrust();
    // Loaded on use: it brings the validator along.
    const { askForSchedule } = await import('./ask-schedule.ts');
    const answers = await askForSchedule(firstAnswers(now(), what), { title: titleOf(what), done: vscode.l10n.t('Create Schedule'), isWhatKnown: what !== undefined, now, roles });
    if (answers?.what === undefined) return;
    const { root } = answers.what;
    accept(await engine.addSchedule(root, await writtenOf(parts, answers, answers.what), 'person'), answers.name);
    say('calendar', vscode.l10n.t('Scheduled “{0}”', answers.name));
    await vscode.commands.executeCommand(`${VIEWS.schedules}.focus`);
  };

  const edit = async ({ schedule }: ScheduleView): Promise<void> => {
    if (schedule.source.type === 'file') {
      await vscode.window.showTextDocument(vscode.Uri.file(schedule.source.path));
      return;
    }
    requireTrust();
    const { askForSchedule } = await import('./ask-schedule.ts');
    const answers = await askForSchedule(answersOf(schedule, now()), {
      title: vscode.l10n.t('Edit {0}', schedule.name),
      done: vscode.l10n.t('Save Schedule'),
      isWhatKnown: false,
      now,
      roles,
    });
    if (answers?.what === undefined) return;
    accept(await engine.changeSchedule(schedule.id, await writtenOf(parts, answers, answers.what)), answers.name);
    say('calendar', vscode.l10n.t('Changed “{0}”', answers.name));
  };

  return {
    [COMMANDS.newSchedule]: () => create(),
    [COMMANDS.scheduleScript]: async (target, all) => {
      const { scriptsOf } = await import('./what-step.ts');
      const files = scriptsFor(target, all);
      await create(files.length === 0 ? undefined : scriptsOf(files));
    },
    [COMMANDS.editSchedule]: order(undefined, vscode.l10n.t('Edit Schedule'), edit),
    [COMMANDS.runScheduleNow]: order('runnable', vscode.l10n.t('Run Schedule Now'), async ({ schedule }) => {
      requireTrust();
      await engine.runScheduleNow(schedule.id);
      say('run-all', vscode.l10n.t('Queued “{0}”', schedule.name));
    }),
    [COMMANDS.pauseSchedule]: order('pausable', vscode.l10n.t('Pause Schedule'), ({ schedule }) => engine.pauseSchedule(schedule.id, true)),
    [COMMANDS.resumeSchedule]: order('resumable', vscode.l10n.t('Resume Schedule'), ({ schedule }) => engine.pauseSchedule(schedule.id, false)),
    [COMMANDS.removeSchedule]: order('removable', vscode.l10n.t('Remove Schedule'), async ({ schedule }) => {
      const remove = vscode.l10n.t('Remove');
      const answer = await vscode.window.showWarningMessage(
        vscode.l10n.t('Remove the schedule “{0}”?', schedule.name),
        { modal: true, detail: vscode.l10n.t('It does not come due any more. Tasks that it queued stay.') },
        remove,
      );
      if (answer === remove) await engine.removeSchedule(schedule.id);
    }),
    [COMMANDS.trustSchedule]: order('trustable', vscode.l10n.t('Trust Schedule'), (view) => trust(engine, view, now())),
    [COMMANDS.showLastRun]: order('hasLastRun', vscode.l10n.t('Show Last Run'), (view, run) => showRun(parts, run ?? view.runs.find(({ tasks }) => tasks.length > 0))),
  } satisfies Commands;
}

function titleOf(what: What | undefined): string {
  return what?.type === 'scripts' && what.files.length === 1 ? vscode.l10n.t('Schedule {0}', path.basename(what.files[0]!)) : vscode.l10n.t('New Schedule');
}

/** The engine's words for what is asked for. */
async function writtenOf({ submission }: Parts, answers: ScheduleAnswers, what: What): Promise<unknown> {
  const { name, missed, overlap, role, paused } = answers;
  const common = { name, ...whenFields(answers), missed, overlap, paused, ...(role !== undefined && { role }) };
  if (what.type === 'kept') {
    const { base, defaults, tasks } = what.request;
    return { ...common, tasks, ...(base !== undefined && { base }), ...(defaults !== undefined && { defaults }) };
  }
  const { tasksOf } = await import('./ask-schedule.ts');
  return { ...common, tasks: await Promise.all(tasksOf(what, answers.line).map((task) => submission.completed(what.root, task))) };
}

function accept(result: Awaited<ReturnType<EnginePort['addSchedule']>>, name: string): void {
  if (!result.ok) throw new UserError(problemsText(result.error, name));
}

/** Says all that it will do before it may. */
async function trust(engine: Parts['engine'], { schedule }: ScheduleView, now: number): Promise<void> {
  requireTrust();
  const file = schedule.source.type === 'file' ? vscode.workspace.asRelativePath(schedule.source.path) : '';
  const detail = [vscode.l10n.t('It comes with {0} and is to run {1}:', file, describeRule(schedule, now, vscode.env.language)), ...describeRequest(schedule.request)].join('\n');
  const yes = vscode.l10n.t('Trust');
  const answer = await vscode.window.showWarningMessage(vscode.l10n.t('Trust the schedule “{0}”?', schedule.name), { modal: true, detail }, yes);
  if (answer !== yes) return;
  // The yes is for what was shown.
  const today = (await engine.schedules([schedule.workspace])).find(({ schedule: { id } }) => id === schedule.id);
  if (!isDeepStrictEqual(today?.schedule.request, schedule.request)) throw new UserError(vscode.l10n.t('“{0}” has changed meanwhile; look at it again.', schedule.name));
  await engine.trustSchedule(schedule.id);
}

/** The first of its tasks in the list of tasks, and the log of one that has run alone. */
async function showRun({ tree, engine }: Parts, run: ScheduleRunView | undefined): Promise<void> {
  const [first] = run?.tasks ?? [];
  const [view] = first === undefined ? [] : await engine.views([first]);
  if (view === undefined) throw new UserError(vscode.l10n.t('The tasks of this run have been taken out of the list.'));
  await tree.reveal(view.task.id);
  if (run?.tasks.length === 1 && view.run !== undefined) await vscode.commands.executeCommand(COMMANDS.openLog, { kind: 'task', taskId: view.task.id });
}

async function targetSchedule(engine: Parts['engine'], target: unknown, word: ScheduleWord | undefined, title: string, now: number): Promise<ScheduleView | undefined> {
  const views = await engine.schedules(requireRoots());
  const id = idOf(target);
  const called = id === undefined ? undefined : views.find(({ schedule }) => schedule.id === id);
  if (called !== undefined) return called;
  if (id !== undefined) throw new UserError(vscode.l10n.t('This schedule has been removed.'));
  const fitting = views.filter((view) => word === undefined || scheduleWords(view).includes(word));
  if (fitting.length === 0)
    throw new UserError(
      views.length === 0
        ? vscode.l10n.t('There are no schedules in the open folders; “New Schedule…” makes one.')
        : vscode.l10n.t('No schedule is in a state for this.'),
    );
  const items = fitting.map((view) => {
    const face = presentSchedule(view, now, vscode.env.language);
    return { label: `$(${face.icon}) ${face.label}`, description: face.description, view };
  });
  return (await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('Pick a schedule'), matchOnDescription: true }))?.view;
}

/** Scripts that a command was called on, else the one in the editor. */
function scriptsFor(target: unknown, all: unknown): readonly vscode.Uri[] {
  const called = (Array.isArray(all) && all.length > 0 ? all : [target]).filter((value): value is vscode.Uri => value instanceof vscode.Uri);
  const scripts = called.filter(({ fsPath }) => isScript(fsPath));
  if (called.length > 0 && scripts.length === 0)
    throw new UserError(
      vscode.l10n.t(
        '“{0}” is no script that could be run; another program is scheduled by “New Schedule…” as a command.',
        path.basename(called[0]!.fsPath),
      ),
    );
  const active = activeScript();
  return scripts.length > 0 ? scripts : active === undefined ? [] : [active];
}

function idOf(target: unknown): number | undefined {
  if (!isNode(target)) return undefined;
  return target.kind === 'schedule' || target.kind === 'due' ? target.view?.schedule.id : target.kind === 'scheduleRun' ? target.parent?.view?.schedule.id : undefined;
}

function runOf(target: unknown): ScheduleRunView | undefined {
  return isNode(target) && target.kind === 'scheduleRun' ? target.run : undefined;
}

interface Node {
  readonly kind: string;
  readonly view?: ScheduleView;
  readonly run?: ScheduleRunView;
  readonly parent?: { readonly view?: ScheduleView };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function say(icon: string, message: string): void {
  vscode.window.setStatusBarMessage(`$(${icon}) ${message}`, 5000);
}
