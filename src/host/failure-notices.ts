import * as vscode from 'vscode';
import type { Clock } from '../core/base/clock.ts';
import type { Disposable } from '../core/base/disposable.ts';
import type { TaskView } from '../core/engine/engine-port.ts';
import { oneLine, shortLabel } from '../core/present/format/one-line.ts';
import { describeEnd } from '../core/present/tasks/present-task.ts';
import { Coalesced } from '../core/engine/changes/coalesced.ts';
import { COMMANDS, SETTINGS } from './ids.ts';
import type { Settings } from './settings/settings.ts';
import { changeSetting } from './settings/live-settings.ts';
import { hasFailed } from './tasks/has-failed.ts';
import type { TaskWatch } from './tasks/task-watch.ts';

const GATHER_MS = 2000;
/** Notices do not follow each other faster. */
const APART_MS = 15_000;
const NAMED = 3;

/** Tells failures, those that come close together in one notification. Nothing else is worth interrupting somebody. */
export class FailureNotices implements Disposable {
  private readonly settings: () => Settings;
  private readonly clock: Clock;
  private readonly subscription: Disposable;
  private readonly onError: (error: unknown) => void;
  private readonly due: Coalesced;
  private failures: TaskView[] = [];
  private lastAt = -Infinity;

  constructor(watch: Pick<TaskWatch, 'onDidFinish'>, settings: () => Settings, clock: Clock, onError: (error: unknown) => void) {
    this.settings = settings;
    this.clock = clock;
    this.onError = onError;
    this.due = new Coalesced(clock, () => this.flush());
    this.subscription = watch.onDidFinish((view) => this.note(view));
  }

  dispose(): void {
    this.subscription.dispose();
    this.due.dispose();
  }

  private note(view: TaskView): void {
    const when = this.settings().notifyFailures;
    if (when === 'never' || !hasFailed(view)) return;
    if (when === 'always') {
      tell([view]).catch(this.onError);
      return;
    }
    this.failures.push(view);
    this.due.request(Math.max(GATHER_MS, this.lastAt + APART_MS - this.clock.now()));
  }

  private flush(): void {
    const failures = this.failures.splice(0);
    if (failures.length === 0 || this.settings().notifyFailures === 'never') return;
    this.lastAt = this.clock.now();
    tell(failures).catch(this.onError);
  }
}

async function tell(failures: readonly TaskView[]): Promise<void> {
  const [openLog, retry, never] = [vscode.l10n.t('Open Log'), vscode.l10n.t('Retry'), vscode.l10n.t("Don't Show Again")];
  // What could not be started has no log.
  const ran = failures.filter(({ run }) => run !== undefined);
  const answer = await vscode.window.showErrorMessage(message(failures), ...(ran.length > 0 ? [openLog] : []), retry, never);
  const nodes = failures.map(({ task }) => ({ kind: 'task', taskId: task.id }));
  if (answer === never) await changeSetting(SETTINGS.notifyFailures, 'never');
  else if (answer === retry) await vscode.commands.executeCommand(COMMANDS.retry, nodes[0], nodes);
  else if (answer === openLog) {
    const view = ran.length === 1 ? ran[0] : await pickOne(ran);
    if (view !== undefined) await vscode.commands.executeCommand(COMMANDS.openLog, { kind: 'task', taskId: view.task.id });
  }
}

function message(failures: readonly TaskView[]): string {
  const [first] = failures;
  if (failures.length === 1) return `“${name(first!)}” ${end(first!)}`;
  const names = failures.slice(0, NAMED).map(name).join(', ');
  const rest = failures.length - NAMED;
  return rest > 0 ? vscode.l10n.t('{0} tasks failed: {1} and {2} more', failures.length, names, rest) : vscode.l10n.t('{0} tasks failed: {1}', failures.length, names);
}

async function pickOne(failures: readonly TaskView[]): Promise<TaskView | undefined> {
  const items = failures.map((view) => ({ label: name(view), description: `#${view.task.id} · ${end(view)}`, view }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Open Log'), placeHolder: vscode.l10n.t('Pick a failed task') });
  return picked?.view;
}

function name({ task }: TaskView): string {
  return shortLabel(oneLine(task.spec.name), 40);
}

function end({ task }: TaskView): string {
  return task.state.status === 'finished' ? oneLine(describeEnd(task, task.state.outcome)) : '';
}
