import { isDeepStrictEqual } from 'node:util';
import type { Face } from '../../core/present/face.ts';
import { sameFace } from '../../core/present/face.ts';
import { presentBatch } from '../../core/present/tasks/present-batch.ts';
import { presentSchedule } from '../../core/present/schedules/present-schedule.ts';
import { presentTask } from '../../core/present/tasks/present-task.ts';
import { BatchNode } from './batch-node.ts';
import { DueNode } from './due-node.ts';
import { GroupNode } from './group-node.ts';
import { MoreNode } from './more-node.ts';
import { planKey, type RowPlan } from './row-plan.ts';
import { TaskNode } from './task-node.ts';
import type { BranchNode, TreeNode } from './tree-node.ts';

/** What has to be drawn again: everything, or some nodes with what is below them. */
export type Redraw = 'all' | readonly TreeNode[];

/** The rows there are. A plan is grown into it: what stays keeps its node, and only what looks different is told. */
export class Forest {
  roots: readonly TreeNode[] = [];
  private readonly locale: string | undefined;

  /** Of times of day. */
  constructor(locale?: string) {
    this.locale = locale;
  }

  grow(plans: readonly RowPlan[], now: number): Redraw {
    const changed: TreeNode[] = [];
    const { rows, isSame } = this.growRows(undefined, this.roots, plans, now, changed);
    this.roots = rows;
    return isSame ? withoutCovered(changed) : 'all';
  }

  /** Faces that say something else by now, such as how long a task has been running; those in `resting` stay as they are. */
  age(now: number, resting: (node: TaskNode) => boolean = () => false): readonly TreeNode[] {
    return this.all().filter((node) => {
      if ((node.kind !== 'task' && node.kind !== 'due') || (node.kind === 'task' && resting(node))) return false;
      const face = node.kind === 'task' ? presentTask(node.view, now) : presentSchedule(node.view, now, this.locale);
      if (sameFace(face, node.face)) return false;
      node.face = face;
      return true;
    });
  }

  tasks(): TaskNode[] {
    return this.all().filter((node) => node.kind === 'task');
  }

  all(): TreeNode[] {
    const found: TreeNode[] = [];
    const visit = (nodes: readonly TreeNode[]): void => {
      for (const node of nodes) {
        found.push(node);
        if ((node.kind === 'group' || node.kind === 'batch') && node.rows !== undefined) visit(node.rows);
      }
    };
    visit(this.roots);
    return found;
  }

  private growRows(parent: BranchNode | undefined, before: readonly TreeNode[], plans: readonly RowPlan[], now: number, changed: TreeNode[]) {
    const known = new Map(before.map((node) => [node.id, node]));
    const rows = plans.map((plan) => this.growRow(parent, known, plan, now, changed));
    return { rows, isSame: rows.length === before.length && rows.every((node, index) => node === before[index]) };
  }

  private growRow(parent: BranchNode | undefined, known: ReadonlyMap<string, TreeNode>, plan: RowPlan, now: number, changed: TreeNode[]): TreeNode {
    const id = parent === undefined ? planKey(plan) : `${parent.id}/${planKey(plan)}`;
    const old = known.get(id);
    const face = faceOf(plan, now, this.locale);
    switch (plan.kind) {
      case 'task': {
        const node = old?.kind === 'task' ? old : new TaskNode(id, parent!, plan.view, face);
        node.view = plan.view;
        // Mere figures wait for the next tick: a row that is drawn more often is hard to read, to point at and to hover over.
        if (!sameFace({ ...node.face, description: '' }, { ...face, description: '' })) setFace(node, face, changed);
        return node;
      }
      case 'due': {
        const node = old?.kind === 'due' ? old : new DueNode(id, parent as GroupNode, plan.view, face);
        // Another due time is news; how far it is yet waits for the next tick, as figures of tasks do.
        const isNews = !isDeepStrictEqual(node.view.state, plan.view.state) || !sameFace({ ...node.face, description: '' }, { ...face, description: '' });
        node.view = plan.view;
        if (isNews) setFace(node, face, changed);
        return node;
      }
      case 'more': {
        const node = old?.kind === 'more' ? old : new MoreNode(id, parent, face);
        setFace(node, face, changed);
        return node;
      }
      case 'group': {
        const node = old?.kind === 'group' ? old : new GroupNode(id, face, plan.startsExpanded);
        setFace(node, face, changed);
        this.growBelow(node, plan.rows, now, changed);
        return node;
      }
      case 'batch': {
        const node = old?.kind === 'batch' ? old : new BatchNode(id, parent as GroupNode | undefined, plan.batch, face);
        node.batch = plan.batch;
        setFace(node, face, changed);
        this.growBelow(node, plan.rows, now, changed);
        return node;
      }
    }
  }

  private growBelow(node: BranchNode, plans: readonly RowPlan[] | undefined, now: number, changed: TreeNode[]): void {
    if (plans === undefined) return;
    const { rows, isSame } = this.growRows(node, node.rows ?? [], plans, now, changed);
    // Rows that nobody has seen yet are asked for, not told.
    if (node.rows !== undefined && !isSame) changed.push(node);
    node.rows = rows;
  }
}

function faceOf(plan: RowPlan, now: number, locale: string | undefined): Face {
  switch (plan.kind) {
    case 'task':
      return presentTask(plan.view, now);
    case 'due':
      return presentSchedule(plan.view, now, locale);
    case 'batch':
      return presentBatch(plan.batch);
    case 'group':
    case 'more':
      return plan.face;
  }
}

function setFace(node: { face: Face } & TreeNode, face: Face, changed: TreeNode[]): void {
  if (!sameFace(node.face, face)) changed.push(node);
  node.face = face;
}

/** A node is drawn with what is below it, so what stands below another one in the list need not be told. */
function withoutCovered(nodes: readonly TreeNode[]): readonly TreeNode[] {
  const told = new Set(nodes);
  const isCovered = (node: TreeNode): boolean => {
    for (let above = node.parent; above !== undefined; above = above.parent) if (told.has(above)) return true;
    return false;
  };
  return [...told].filter((node) => !isCovered(node));
}
