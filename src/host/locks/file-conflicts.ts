import type { TaskView } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';

interface Party {
  readonly id: TaskId;
  readonly name: string;
}

/** A file that one task wrote while another one held it. */
export interface Clash {
  readonly path: string;
  readonly writer: Party;
  readonly holder: Party;
  /** The writer was not seen at it. */
  readonly guess: boolean;
}

/** Finds conflicts that have not been told yet: those of this time on, each pair and file once, from whichever record they are read. */
export class FileConflicts {
  private readonly since: number;
  private readonly told = new Set<string>();

  /** @param since Milliseconds since the epoch; what happened before is no news. */
  constructor(since: number) {
    this.since = since;
  }

  fresh({ task, run }: Pick<TaskView, 'task' | 'run'>): readonly Clash[] {
    const found: Clash[] = [];
    const self = { id: task.id, name: task.spec.name };
    for (const { path, at, guess, task: id, name, held } of run?.conflicts ?? []) {
      const other = { id, name };
      const clash = held ? { path, guess, writer: other, holder: self } : { path, guess, writer: self, holder: other };
      const key = `${clash.writer.id} ${clash.holder.id} ${path}`;
      if (at < this.since || this.told.has(key)) continue;
      this.told.add(key);
      found.push(clash);
    }
    return found;
  }
}
