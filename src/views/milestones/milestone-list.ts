import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import { presentBlocker, presentMilestone } from '../../core/milestones/present-milestone.ts';
import type { Blocker, MilestoneProgress } from '../../core/model/roles/milestone.ts';
import type { Face } from '../../core/present/face.ts';
import { VIEWS } from '../../host/ids.ts';
import type { MilestoneWatch } from '../../host/milestones/milestone-watch.ts';
import { faceItem } from '../face-item.ts';

export type MilestoneNode =
  | { readonly kind: 'milestone'; readonly progress: MilestoneProgress }
  | { readonly kind: 'blocker'; readonly blocker: Blocker; readonly milestone: string };

/** The view *Milestones*: each with its progress, and below it what keeps it back. */
export class MilestoneList implements vscode.TreeDataProvider<MilestoneNode>, vscode.Disposable {
  private readonly watch: MilestoneWatch;
  private readonly clock: Clock;
  private readonly redrawn = new vscode.EventEmitter<undefined>();
  private readonly subscriptions: readonly vscode.Disposable[];
  private isRead = false;

  readonly onDidChangeTreeData = this.redrawn.event;

  constructor(watch: MilestoneWatch, clock: Clock, onError: (error: unknown) => void) {
    this.watch = watch;
    this.clock = clock;
    const view = vscode.window.createTreeView<MilestoneNode>(VIEWS.milestones, { treeDataProvider: this });
    this.subscriptions = [
      this.redrawn,
      view,
      vscode.Disposable.from(watch.onDidChange(() => this.redrawn.fire(undefined))),
      view.onDidChangeVisibility(({ visible }) => {
        if (visible) void watch.read().catch(onError);
      }),
    ];
  }

  getTreeItem(node: MilestoneNode): vscode.TreeItem {
    const face = faceOf(node, this.clock.now());
    const isOpen = node.kind === 'milestone' && node.progress.blockers.length > 0;
    // A row that VS Code knows keeps the state it had: one that becomes blocked is another, and shows by what.
    const id = node.kind === 'milestone' ? `${node.progress.milestone.name}\0${isOpen ? 'open' : ''}` : `${node.milestone}\0${node.blocker.task}`;
    const { Expanded, None } = vscode.TreeItemCollapsibleState;
    const item = faceItem(id, face, isOpen ? Expanded : None);
    item.tooltip = `${node.kind === 'milestone' ? node.progress.milestone.name : `#${node.blocker.task} ${node.blocker.name}`}\n${face.description}`;
    return item;
  }

  async getChildren(node?: MilestoneNode): Promise<MilestoneNode[]> {
    if (node?.kind === 'blocker') return [];
    if (node !== undefined) return node.progress.blockers.map((blocker) => ({ kind: 'blocker', blocker, milestone: node.progress.milestone.name }));
    if (!this.isRead) {
      this.isRead = true;
      await this.watch.read();
    }
    return this.watch.progress.map((progress) => ({ kind: 'milestone', progress }));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function faceOf(node: MilestoneNode, now: number): Face {
  return node.kind === 'milestone' ? presentMilestone(node.progress, now) : presentBlocker(node.blocker);
}
