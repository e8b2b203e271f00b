import type { TaskId } from '../../model/ids.ts';
import type { Milestone } from '../../model/roles/milestone.ts';
import { belongsTo } from '../../spec/belongs-to.ts';
import type { Store } from '../../store/store.ts';
import type { NamedTask } from '../../store/task-table.ts';
import type { MilestoneTasks, TaskView } from '../engine-port.ts';

/**
 * Finds the tasks of milestones, however many there are: those that are done, most of them after a while, are only counted. Each
 * change of a task is a reason to ask again, so what was read of the others is kept.
 */
export class MilestoneBook {
  private readonly store: Store;
  private readonly viewsOf: (ids: readonly TaskId[]) => readonly TaskView[];
  private readonly tasks = new Map<TaskId, NamedTask>();
  /** For each milestone which tasks belong to it, by name and tags. */
  private belonging = new Map<string, Map<string, boolean>>();
  private revision = -1;
  private removals = -1;

  constructor(store: Store, viewsOf: (ids: readonly TaskId[]) => readonly TaskView[]) {
    this.store = store;
    this.viewsOf = viewsOf;
  }

  of(roots: readonly string[], milestones: readonly Milestone[]): readonly MilestoneTasks[] {
    this.catchUp();
    const workspaces = new Set(this.store.workspacesUnder(roots));
    const keyed = milestones.map((milestone) => ({ milestone, key: JSON.stringify([milestone.tasks, milestone.tags]) }));
    this.belonging = new Map(keyed.map(({ key }) => [key, this.belonging.get(key) ?? new Map<string, boolean>()]));
    const found = keyed.map(({ milestone, key }) => this.latestOf(milestone, this.belonging.get(key)!, workspaces));
    const open = new Set(found.flatMap((tasks) => tasks.filter(({ isDone }) => !isDone).map(({ id }) => id)));
    const views = new Map(this.viewsOf([...open]).map((view) => [view.task.id, view]));
    return found.map((tasks) => ({ done: tasks.filter(({ isDone }) => isDone).length, rest: tasks.flatMap(({ id }) => views.get(id) ?? []) }));
  }

  private catchUp(): void {
    const { store } = this;
    const [removals, revision] = [store.removals(), store.revision()];
    if (removals !== this.removals) {
      this.tasks.clear();
      this.belonging.clear();
      this.revision = -1;
    }
    for (const task of store.tasks.namedSince(this.revision)) this.tasks.set(task.id, task);
    this.removals = removals;
    this.revision = revision;
  }

  private latestOf(milestone: Milestone, belonging: Map<string, boolean>, workspaces: ReadonlySet<string>): readonly NamedTask[] {
    const latest = new Map<string, NamedTask>();
    for (const task of this.tasks.values()) {
      const other = latest.get(task.name);
      if (!workspaces.has(task.workspace) || (other !== undefined && other.id > task.id)) continue;
      const key = task.tags.length === 0 ? task.name : `${task.name}\0${task.tags.join('\0')}`;
      let belongs = belonging.get(key);
      if (belongs === undefined) belonging.set(key, (belongs = belongsTo(milestone, task)));
      if (belongs) latest.set(task.name, task);
    }
    return [...latest.values()];
  }
}
