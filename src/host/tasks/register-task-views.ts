import * as vscode from 'vscode';
import type { Event } from '../../core/base/emitter.ts';
import { registerGroupBy } from '../../views/tasks/group-by-picker.ts';
import { StatusBar } from '../../views/status-bar.ts';
import { TaskTree } from '../../views/tasks/task-tree.ts';
import type { RegisteredAssessment } from '../assessment/register-assessment.ts';
import { ContextKeys } from '../context-keys.ts';
import type { LockWatch } from '../locks/lock-watch.ts';
import type { RegisteredMilestones } from '../milestones/register-milestones.ts';
import type { WindowParts } from '../window-parts.ts';

interface TaskViewParts extends WindowParts {
  readonly locks: LockWatch;
  readonly assessment: RegisteredAssessment;
  readonly milestones: RegisteredMilestones;
  readonly onDidReopen: Event<void>;
}

export interface RegisteredTaskViews extends vscode.Disposable {
  readonly tree: TaskTree;
}

/** Where people see tasks: the tree, and the figures in the status bar. */
export function registerTaskViews(parts: TaskViewParts): RegisteredTaskViews {
  const { engine, live, roots, locks, assessment, milestones, memory, clock, onDidReopen, onError } = parts;
  const tree = new TaskTree({
    engine,
    roots,
    clock,
    uses: () => locks.uses,
    milestoneOf: (spec) => milestones.watch.nameFor(spec),
    gradeOf: (script) => assessment.gradeOf(script),
    memento: memory,
    onError,
  });
  const reload = (): void => void tree.reload().catch(onError);
  const statusBar = new StatusBar({ engine, roots, clock, isEnabled: () => live.now.statusBar, onError });
  const own = vscode.Disposable.from(
    tree,
    registerGroupBy(tree),
    statusBar,
    new ContextKeys(engine, roots, clock, onError),
    live.onDidChange(() => statusBar.settingsChanged()),
    onDidReopen(reload),
    milestones.watch.onDidRewrite(() => {
      if (tree.grouping === 'milestone') reload();
    }),
  );
  return { tree, dispose: () => void own.dispose() };
}
