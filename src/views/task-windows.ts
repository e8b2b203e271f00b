import type { TaskGroup, TaskPage } from '../core/engine/engine-port.ts';
import type { TaskSource } from './tasks/task-source.ts';

/** The first rows of a group that are loaded: of however many tasks, only these are read. */
interface Window {
  limit: number;
  page: TaskPage | undefined;
  isStale: boolean;
}

/** The loaded part of each group of tasks. */
export class TaskWindows {
  private readonly source: TaskSource;
  private readonly windows = new Map<TaskGroup, Window>();

  constructor(source: TaskSource) {
    this.source = source;
  }

  page(group: TaskGroup): TaskPage | undefined {
    return this.windows.get(group)?.page;
  }

  limit(group: TaskGroup): number {
    return this.windows.get(group)?.limit ?? 0;
  }

  /** Rows loaded in all groups. */
  get size(): number {
    return [...this.windows.values()].reduce((sum, { page }) => sum + (page?.items.length ?? 0), 0);
  }

  /** Asks for at least so many rows of a group; they come with the next `load()`. */
  widen(group: TaskGroup, limit: number): void {
    const window = this.windows.get(group);
    if (window === undefined) this.windows.set(group, { limit, page: undefined, isStale: true });
    else if (limit > window.limit) Object.assign(window, { limit, isStale: true });
  }

  /** Says that a group may have changed. */
  stale(...groups: readonly TaskGroup[]): void {
    for (const group of groups) {
      const window = this.windows.get(group);
      if (window !== undefined) window.isStale = true;
    }
  }

  /** Reads again what is stale. */
  async load(roots: readonly string[]): Promise<void> {
    await Promise.all(
      [...this.windows].map(async ([group, window]) => {
        if (!window.isStale) return;
        window.isStale = false;
        try {
          window.page = await this.source.query({ group, roots, offset: 0, limit: window.limit });
        } catch (error) {
          window.isStale = true;
          throw error;
        }
      }),
    );
  }
}
