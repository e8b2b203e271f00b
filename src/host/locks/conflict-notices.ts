import path from 'node:path';
import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Coalesced } from '../../core/engine/changes/coalesced.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { oneLine, shortLabel } from '../../core/present/format/one-line.ts';
import { COMMANDS, SETTINGS } from '../ids.ts';
import { changeSetting } from '../settings/live-settings.ts';
import type { Settings } from '../settings/settings.ts';
import type { TaskWatch } from '../tasks/task-watch.ts';
import { FileConflicts, type Clash } from './file-conflicts.ts';

const GATHER_MS = 2000;
/** Notices do not follow each other faster. */
const APART_MS = 15_000;
const NAMED = 3;

interface ConflictNoticesOptions {
  readonly watch: Pick<TaskWatch, 'onDidLook'>;
  readonly reveal: (task: TaskId) => Promise<boolean>;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** Tells that a task wrote a file which another one held; what comes close together, in one notification. */
export class ConflictNotices implements Disposable {
  private readonly options: ConflictNoticesOptions;
  private readonly subscription: Disposable;
  private readonly due: Coalesced;
  private clashes: Clash[] = [];
  private lastAt = -Infinity;

  constructor(options: ConflictNoticesOptions) {
    const { watch, clock, settings } = options;
    this.options = options;
    const conflicts = new FileConflicts(clock.now());
    this.due = new Coalesced(clock, () => this.flush());
    this.subscription = watch.onDidLook((view) => {
      const fresh = conflicts.fresh(view);
      if (fresh.length === 0 || !settings().notifyConflicts) return;
      this.clashes.push(...fresh);
      this.due.request(Math.max(GATHER_MS, this.lastAt + APART_MS - clock.now()));
    });
  }

  dispose(): void {
    this.subscription.dispose();
    this.due.dispose();
  }

  private flush(): void {
    const clashes = this.clashes.splice(0);
    if (clashes.length === 0 || !this.options.settings().notifyConflicts) return;
    this.lastAt = this.options.clock.now();
    this.tell(clashes).catch(this.options.onError);
  }

  private async tell(clashes: readonly Clash[]): Promise<void> {
    const [show, claim, never] = [vscode.l10n.t('Show Task'), vscode.l10n.t('Claim It Next Time'), vscode.l10n.t("Don't Show Again")];
    const answer = await vscode.window.showWarningMessage(clashText(clashes), show, claim, never);
    const writers = [...new Map(clashes.map(({ writer }) => [writer.id, writer])).values()];
    if (answer === never) await changeSetting(SETTINGS.notifyConflicts, false);
    else if (answer === claim) {
      const nodes = writers.map(({ id }) => ({ kind: 'task', taskId: id, paths: clashes.filter(({ writer }) => writer.id === id).map((clash) => clash.path) }));
      await vscode.commands.executeCommand(COMMANDS.claimNextTime, nodes[0], nodes);
    } else if (answer === show) {
      const writer = writers.length === 1 ? writers[0] : await pickOne(clashes);
      if (writer !== undefined && !(await this.options.reveal(writer.id))) await vscode.commands.executeCommand(COMMANDS.openLog, { kind: 'task', taskId: writer.id });
    }
  }
}

function clashText(clashes: readonly Clash[]): string {
  if (clashes.length === 1) return sentence(clashes[0]!);
  const files = [...new Set(clashes.map((clash) => clash.path))];
  const names = files.slice(0, NAMED).map((file) => shortLabel(path.basename(file))).join(', ');
  const rest = files.length - NAMED;
  return rest > 0
    ? vscode.l10n.t('{0} times a task wrote a file that another one held: {1} and {2} more files', clashes.length, names, rest)
    : vscode.l10n.t('{0} times a task wrote a file that another one held: {1}', clashes.length, names);
}

function sentence({ path: file, writer, holder, guess }: Clash): string {
  const parts = [shortLabel(oneLine(writer.name)), shortLabel(path.basename(file)), shortLabel(oneLine(holder.name))];
  return guess ? vscode.l10n.t('“{0}” seems to have written {1} while “{2}” held it', ...parts) : vscode.l10n.t('“{0}” wrote {1} while “{2}” held it', ...parts);
}

async function pickOne(clashes: readonly Clash[]): Promise<Clash['writer'] | undefined> {
  const items = clashes.map((clash) => ({ label: shortLabel(oneLine(clash.writer.name)), description: sentence(clash), clash }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Show Task'), placeHolder: vscode.l10n.t('Pick a task'), matchOnDescription: true }))?.clash.writer;
}
