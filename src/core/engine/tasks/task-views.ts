import type { Clock } from '../../base/clock.ts';
import { isPromptType } from '../../model/agents/agent.ts';
import type { BatchView } from '../../model/batch-view.ts';
import type { BatchId, TaskId } from '../../model/ids.ts';
import type { Limits } from '../../model/limits.ts';
import type { Milestone } from '../../model/roles/milestone.ts';
import { sumReports } from '../../model/agents/prompt-spent.ts';
import type { WaitReason } from '../../model/wait-reason.ts';
import { selectRunnable } from '../../scheduler/select-runnable.ts';
import { isInside } from '../../spec/paths.ts';
import type { StoredRun } from '../../store/run-table.ts';
import type { Store } from '../../store/store.ts';
import type { StoredTask } from '../../store/task-row.ts';
import { readCapacity } from '../machine/capacity.ts';
import { candidatesOf, limitsInForce, snapshotOf } from '../claiming.ts';
import { isSetAside } from '../runs/crash-count.ts';
import { Estimates } from '../needs/estimates.ts';
import { MilestoneBook } from '../roles/milestone-book.ts';
import { readAgentsNow } from '../agents/prompt-routing.ts';
import type { MilestoneTasks, TaskDetail, TaskPage, TaskQuery, TaskView } from '../engine-port.ts';

/** Reads tasks as people want to see them. Never writes. */
export class TaskViews {
  private readonly store: Store;
  private readonly clock: Clock;
  private readonly limits: () => Limits;
  private readonly estimates: Estimates;
  private readonly milestones: MilestoneBook;

  constructor(store: Store, clock: Clock, limits: () => Limits) {
    this.store = store;
    this.clock = clock;
    this.limits = limits;
    this.estimates = new Estimates(store);
    this.milestones = new MilestoneBook(store, (ids) => this.some(ids));
  }

  page(query: TaskQuery): TaskPage {
    const workspaces = this.store.workspacesUnder(query.roots);
    const counts = this.store.counts.of(workspaces);
    return { items: this.present(this.store.tasks.page(query.group, workspaces, query.offset, query.limit)), total: counts[query.group] };
  }

  some(ids: readonly TaskId[]): readonly TaskView[] {
    return this.present(ids.flatMap((id) => this.store.tasks.get(id) ?? []));
  }

  ofBatch(batch: BatchId): readonly TaskView[] {
    return this.present(this.store.tasks.ofBatch(batch));
  }

  batches(roots: readonly string[], limit: number): readonly BatchView[] {
    return this.store.batches.latest(this.store.workspacesUnder(roots), limit);
  }

  ofMilestones(roots: readonly string[], milestones: readonly Milestone[]): readonly MilestoneTasks[] {
    return this.milestones.of(roots, milestones);
  }

  detail(id: TaskId): TaskDetail | undefined {
    const [view] = this.some([id]);
    if (view === undefined) return undefined;
    const upstream = this.store.dependencies.upstreamOf(id).flatMap((other) => {
      const task = this.store.tasks.get(other);
      return task === undefined ? [] : [{ id: other, name: task.spec.name, status: task.state.status }];
    });
    return { ...view, runs: this.store.runs.ofTask(id), upstream };
  }

  private present(tasks: readonly StoredTask[]): TaskView[] {
    const active = this.store.runs.active();
    const waits = this.waitsOf(tasks.filter((task) => task.state.status === 'queued'), active);
    const estimates = this.estimates.of(tasks, this.limits(), readCapacity().memoryTotal, active);
    return tasks.map((task, index) => ({ task, run: task.attempts === 0 ? undefined : this.store.runs.latestOf(task.id), wait: waits.get(task.id), estimate: estimates[index]!, ...this.spentBy(task) }));
  }

  private spentBy({ id, spec, attempts }: StoredTask): Pick<TaskView, 'spent'> {
    if (spec.work.kind !== 'prompt' || attempts === 0) return {};
    return { spent: sumReports(this.store.runs.ofTask(id).flatMap(({ agent }) => agent ?? [])) };
  }

  /** The same decision that starts tasks tells why these would not be started now. */
  private waitsOf(queued: readonly StoredTask[], active: readonly StoredRun[]): ReadonlyMap<TaskId, WaitReason> {
    if (queued.length === 0) return new Map();
    const now = this.clock.now();
    const limits = limitsInForce(this.store, this.limits(), queued.some(({ spec }) => isPromptType(spec.type)) ? readAgentsNow(this.store, now) : undefined);
    const capacity = readCapacity();
    const paused = this.store.settings.pausedRoots();
    const engines = this.store.engines.all().filter((lease) => lease.runsTasks);
    const waits = new Map<TaskId, WaitReason>();
    const open: StoredTask[] = [];
    for (const task of queued) {
      const gate = this.gateOf(task, paused);
      if (gate === undefined) open.push(task);
      else waits.set(task.id, gate);
    }
    const needs = this.estimates.of(open, limits, capacity.memoryTotal, active);
    const selection = selectRunnable(snapshotOf(this.store, active, limits, capacity, candidatesOf(this.store, open, needs), now));
    for (const task of open) {
      const served = engines.filter((lease) => lease.roots.some((root) => isInside(task.workspace, root)));
      const reason: WaitReason =
        task.spec.interactive && !served.some((lease) => lease.hasTerminals) ? { type: 'terminal' }
        : served.length === 0 ? { type: 'engine' }
        : (selection.waits.get(task.id) ?? { type: 'next' });
      waits.set(task.id, reason);
    }
    return waits;
  }

  private gateOf(task: StoredTask, paused: readonly string[]): WaitReason | undefined {
    if (task.state.status !== 'queued') return undefined;
    if (task.state.held) return { type: isSetAside(task) ? 'setAside' : 'held' };
    if (task.unmet > 0) return { type: 'dependency', tasks: this.unmetUpstream(task.id) };
    if (task.state.readyAt > this.clock.now()) return { type: 'schedule', until: task.state.readyAt };
    if (paused.some((root) => isInside(task.workspace, root))) return { type: 'paused' };
    const { role } = task.spec;
    const shut = role === undefined ? undefined : this.store.roles.get(task.workspace, role)?.shut;
    return role === undefined || shut === undefined ? undefined : { type: 'rolePaused', role, state: shut };
  }

  private unmetUpstream(id: TaskId): { id: TaskId; name: string }[] {
    return this.store.dependencies.upstreamOf(id).flatMap((other) => {
      const task = this.store.tasks.get(other);
      const met = task === undefined || (task.state.status === 'finished' && task.state.outcome.type === 'succeeded');
      return met ? [] : [{ id: other, name: task.spec.name }];
    });
  }
}
