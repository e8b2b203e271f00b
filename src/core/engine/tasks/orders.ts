import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { keyedClaim } from '../../locks/keyed-claim.ts';
import { pathKey } from '../../locks/path-key.ts';
import type { Claim } from '../../model/files/claim.ts';
import type { TaskId } from '../../model/ids.ts';
import { scriptOf } from '../../model/script-of.ts';
import type { TaskEvent } from '../../model/transition.ts';
import { RunFolder } from '../../process/run-folder.ts';
import type { Store } from '../../store/store.ts';
import type { StoredTask } from '../../store/task-row.ts';
import type { Applied, RetryOptions } from '../engine-port.ts';
import type { TaskLedger } from './task-ledger.ts';

/** What people order, over several tasks at once: each is applied or told why not. */
export class Orders {
  private readonly store: Store;
  private readonly ledger: TaskLedger;
  private readonly clock: Clock;
  private readonly log: Log;

  constructor(store: Store, ledger: TaskLedger, clock: Clock, log: Log) {
    this.store = store;
    this.ledger = ledger;
    this.clock = clock;
    this.log = log;
  }

  cancel(ids: readonly TaskId[]): Applied {
    return this.each('cancel', ids, (task, at) => {
      if (this.hasEnded(task)) return 'it has ended already, and its end is about to be written down';
      const applied = this.ledger.applyTo(task, { type: 'stopRequested', cause: { type: 'cancel' }, at }, at);
      return 'refused' in applied ? applied.refused : undefined;
    });
  }

  /** All that has not finished, as it is at one moment; those that stop already are among those that are told. */
  cancelAll(workspaces: readonly string[]): readonly TaskId[] {
    return this.store.write(() => {
      const now = this.clock.now();
      const ids = workspaces.flatMap((workspace) => this.store.tasks.unfinished(workspace));
      // What comes after one of them ends with it.
      for (const id of ids) {
        const task = this.store.tasks.get(id);
        if (task !== undefined && !this.hasEnded(task)) this.ledger.applyTo(task, { type: 'stopRequested', cause: { type: 'cancel' }, at: now }, now);
      }
      if (ids.length > 0) this.log.write('info', `cancel all: ${ids.length} tasks of ${workspaces.join(', ')}`);
      return ids;
    });
  }

  hold(ids: readonly TaskId[]): Applied {
    return this.events('hold', ids, () => ({ type: 'held' }));
  }

  release(ids: readonly TaskId[]): Applied {
    return this.each('release', ids, (task, at) => {
      const applied = this.ledger.applyTo(task, { type: 'released', at }, at);
      if ('refused' in applied) return applied.refused;
      if (task.crashes > 0) this.store.tasks.setCrashes(task.id, 0);
      return undefined;
    });
  }

  retry(ids: readonly TaskId[], { afresh }: RetryOptions = { afresh: false }): Applied {
    const again = new Set<TaskId>();
    // Those whose upstream failed come last: it may be among the others.
    const isBlocked = (id: TaskId): number => (this.ledger.failedUpstream(id) === undefined ? 0 : 1);
    const applied = this.each(afresh ? 'retry afresh' : 'retry', [...ids].sort((a, b) => isBlocked(a) - isBlocked(b)), (task, now) => {
      if (again.has(task.id)) return undefined;
      if (task.state.status !== 'finished') return `it is ${task.state.status}; only finished tasks can be queued again`;
      const failed = this.ledger.failedUpstream(task.id);
      if (failed !== undefined) return `it comes after #${failed.id} ${failed.spec.name}, which did not succeed; retry that one`;
      if (afresh) this.store.prompts.beginAfresh(task.id);
      for (const id of this.ledger.requeue(task, now)) again.add(id);
      return undefined;
    });
    return { ...applied, done: [...new Set([...applied.done, ...again])] };
  }

  setPriority(ids: readonly TaskId[], priority: number): Applied {
    return this.each(`priority ${priority}`, ids, (task, now) => {
      if (task.state.status === 'finished') return 'it has already finished';
      this.store.tasks.setPriority(task, priority, now);
      if (task.state.status === 'queued') this.ledger.moveOn(task.id);
      return undefined;
    });
  }

  startAnyway(ids: readonly TaskId[]): Applied {
    return this.each('start anyway', ids, (task) => {
      if (task.state.status !== 'queued') return `it is ${task.state.status}; only waiting tasks can be started`;
      this.store.tasks.setOverEditors(task.id);
      return undefined;
    });
  }

  claimNextTime(id: TaskId, written: readonly Claim[]): Applied {
    // Looked up on the disk before anybody has to wait for it.
    const claims = written.map((claim) => keyedClaim(claim));
    const work = this.store.tasks.get(id)?.spec.work;
    const script = work === undefined ? undefined : scriptOf(work);
    const scriptKey = script === undefined ? undefined : pathKey(script);
    const paths = claims.map(({ path }) => path).join(', ');
    return this.each(`claim ${paths}`, [id], (task) => {
      const added = claims.filter(({ path, glob, mode }) => !task.spec.files.some((file) => file.path === path && (file.glob ?? '') === glob && file.mode === mode));
      if (added.length === 0) return `it claims ${paths} already`;
      this.store.tasks.setFiles(task, [...task.spec.files, ...added.map(({ path, mode, glob }) => ({ path, mode, ...(glob !== '' && { glob }) }))]);
      this.store.claims.declare(id, added);
      if (scriptKey !== undefined) this.store.scriptClaims.add(scriptKey, added);
      if (task.state.status === 'queued') this.ledger.moveOn(id);
      return undefined;
    });
  }

  /** Its command came to an end that no engine has seen yet: how it went is known, and no order changes it. */
  private hasEnded({ state }: StoredTask): boolean {
    if (state.status !== 'running' && state.status !== 'paused') return false;
    const run = this.store.runs.get(state.run);
    return run !== undefined && new RunFolder(run.folder).readResult() !== undefined;
  }

  private events(name: string, ids: readonly TaskId[], event: (at: number) => TaskEvent): Applied {
    return this.each(name, ids, (task, now) => {
      const applied = this.ledger.applyTo(task, event(now), now);
      return 'refused' in applied ? applied.refused : undefined;
    });
  }

  /** `act` says why not, or nothing when it is done. */
  private each(name: string, ids: readonly TaskId[], act: (task: StoredTask, now: number) => string | undefined): Applied {
    return this.store.write(() => {
      const now = this.clock.now();
      const done: TaskId[] = [];
      const refused: { id: TaskId; why: string }[] = [];
      for (const id of ids) {
        const task = this.store.tasks.get(id);
        const why = task === undefined ? 'there is no such task' : act(task, now);
        if (why === undefined) done.push(id);
        else refused.push({ id, why });
      }
      if (done.length > 0) this.log.write('info', `${name}: ${done.map((id) => `#${id}`).join(', ')}`);
      return { done, refused };
    });
  }
}
