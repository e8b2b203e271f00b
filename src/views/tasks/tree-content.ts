import type { BatchView, DueSchedules, EngineStatus } from '../../core/engine/engine-port.ts';
import type { BatchId } from '../../core/model/ids.ts';
import type { TaskSpec } from '../../core/model/spec.ts';
import { agentOf } from '../../core/present/agents/prompt-facts.ts';
import { presentMore } from '../../core/present/tasks/present-more.ts';
import { TASK_GROUPS } from '../../core/present/tasks/present-group.ts';
import { allWithin, touches, type Changes } from '../changes.ts';
import { foldable, foldBatches } from './fold-batches.ts';
import type { Grouping } from './grouping.ts';
import type { GroupNode } from './group-node.ts';
import { OpenBatches } from './open-batches.ts';
import { planByField } from './plan-by-field.ts';
import { planByState } from './plan-by-state.ts';
import type { RowPlan } from './row-plan.ts';
import type { TaskSource } from './task-source.ts';
import { TaskWindows } from '../task-windows.ts';
import type { BranchNode, TreeNode } from './tree-node.ts';

/** Finished tasks read at most for each row they fold into. */
const MOST_PER_ROW = 20;

/** Schedules that are shown among the tasks before somebody asks for more. */
const DUES = 5;

/** Batches looked through at most for those that finished tasks belong to. */
const MOST_BATCHES = 2000;

const LIVE = ['running', 'waiting', 'scheduled'] as const;

/** What of the engine's tasks is loaded for one grouping of the tree, and the rows that follow from it. */
export class TreeContent {
  readonly grouping: Grouping;
  private readonly source: TaskSource;
  private readonly milestoneOf: (spec: TaskSpec) => string | undefined;
  private readonly pageSize: number;
  private readonly windows: TaskWindows;
  private readonly open: OpenBatches;
  private batches: ReadonlyMap<BatchId, BatchView> = new Map();
  private dues: DueSchedules = { items: [], total: 0 };
  private dueLimit = DUES;
  private batchLimit: number;
  private finishedRows: number;
  private hasMoreBatches = false;

  /** `milestoneOf` names the milestone that a task belongs to. */
  constructor(source: TaskSource, grouping: Grouping, pageSize: number, milestoneOf: (spec: TaskSpec) => string | undefined) {
    this.source = source;
    this.milestoneOf = milestoneOf;
    this.grouping = grouping;
    this.pageSize = pageSize;
    this.windows = new TaskWindows(source);
    this.open = new OpenBatches(source, pageSize);
    this.batchLimit = pageSize;
    this.finishedRows = pageSize;
    const first = grouping === 'state' ? (['running', 'waiting', 'finished'] as const) : grouping === 'batch' ? [] : TASK_GROUPS;
    for (const group of first) this.windows.widen(group, pageSize);
  }

  /** Rows in hand: what a look costs. */
  get size(): number {
    return this.windows.size + this.batches.size;
  }

  /** Says that somebody looks below a node. */
  look(node: BranchNode): void {
    if (node.kind === 'batch') this.open.open(node.batchId);
    else if (this.grouping === 'state') this.windows.widen(groupOf(node), this.pageSize);
  }

  showMore(below: TreeNode | undefined): void {
    if (below?.kind === 'batch') this.open.showMore(below.batchId);
    else if (below?.kind === 'group') this.widen(groupOf(below));
    else if (this.grouping === 'batch') this.batchLimit += this.pageSize;
    else for (const group of TASK_GROUPS) this.windows.widen(group, this.windows.limit(group) + this.pageSize);
  }

  /** Reads what the changes may have touched and what was asked for; `undefined` reads everything. */
  async load(roots: readonly string[], changes: Changes): Promise<void> {
    this.windows.stale(...LIVE);
    const isHit = touches(changes, this.windows.page('finished'));
    if (isHit) this.windows.stale('finished');
    this.open.stale(changes);
    await this.windows.load(roots);
    // A task that changed and is in sight nowhere may have come to its end.
    if (!isHit && !allWithin(changes, TASK_GROUPS.map((group) => this.windows.page(group)))) {
      this.windows.stale('finished');
      await this.windows.load(roots);
    }
    if (this.grouping === 'batch') await this.loadBatches(roots, this.batchLimit);
    if (this.grouping === 'state') {
      this.dues = await this.source.dueSchedules(roots, this.dueLimit);
      await this.fillFinished(roots);
    }
    await this.open.load();
  }

  plan({ counts, paused }: EngineStatus): readonly RowPlan[] {
    switch (this.grouping) {
      case 'state':
        return planByState({
          counts,
          paused,
          page: (group) => this.windows.page(group),
          dues: this.dues,
          batches: this.batches,
          batchRow: (batch) => this.open.plan(batch),
          pageSize: this.pageSize,
        });
      case 'batch': {
        const rows: RowPlan[] = [...this.batches.values()].map((batch) => this.open.plan(batch));
        return this.hasMoreBatches ? [...rows, { kind: 'more', face: presentMore(this.pageSize, this.pageSize, 'batch') }] : rows;
      }
      case 'type':
      case 'role':
      case 'agent':
      case 'milestone': {
        const { grouping } = this;
        const valueOf = (spec: TaskSpec): string | undefined => (grouping === 'milestone' ? this.milestoneOf(spec) : grouping === 'agent' ? agentOf(spec) : spec[grouping]);
        return planByField(grouping, valueOf, (group) => this.windows.page(group), this.pageSize);
      }
    }
  }

  private widen(group: (typeof TASK_GROUPS)[number]): void {
    if (group === 'finished') this.finishedRows += this.pageSize;
    if (group === 'scheduled') this.dueLimit += this.pageSize;
    this.windows.widen(group, this.windows.limit(group) + this.pageSize);
  }

  /** Tasks of one batch fold into one row, so a page of rows may need several pages of tasks. */
  private async fillFinished(roots: readonly string[]): Promise<void> {
    for (;;) {
      const page = this.windows.page('finished');
      const wanted = foldable(page?.items ?? []);
      if (page === undefined || wanted.length === 0) return;
      await this.loadBatches(roots, this.batchLimit);
      while (this.hasMoreBatches && this.batchLimit < MOST_BATCHES && wanted.some((id) => !this.batches.has(id))) {
        this.batchLimit *= 4;
        await this.loadBatches(roots, this.batchLimit);
      }
      const rows = foldBatches(page.items, this.batches, (batch) => this.open.plan(batch)).length;
      const limit = this.windows.limit('finished');
      if (page.items.length >= page.total || rows >= this.finishedRows || limit >= this.finishedRows * MOST_PER_ROW) return;
      this.windows.widen('finished', limit * 4);
      await this.windows.load(roots);
    }
  }

  private async loadBatches(roots: readonly string[], limit: number): Promise<void> {
    const batches = await this.source.batches(roots, limit + 1);
    this.hasMoreBatches = batches.length > limit;
    this.batches = new Map(batches.slice(0, limit).map((batch) => [batch.id, batch]));
  }
}

function groupOf(node: GroupNode): (typeof TASK_GROUPS)[number] {
  return TASK_GROUPS.find((group) => group === node.id) ?? 'finished';
}
