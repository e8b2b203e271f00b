import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { claimCovers } from '../../locks/claim-covers.ts';
import { claimsOverlap } from '../../locks/claims-overlap.ts';
import { keyedClaim, type KeyedClaim } from '../../locks/keyed-claim.ts';
import { LockLedger, type Obstacle } from '../../locks/lock-ledger.ts';
import { pathKey } from '../../locks/path-key.ts';
import type { HoldRequest, HoldView } from '../../model/files/hold.ts';
import type { Holder } from '../../model/files/holder.ts';
import { holderOfHold, holderOfTask, type EngineId, type HolderId, type HoldId, type TaskId } from '../../model/ids.ts';
import { DEFAULT_PRIORITY } from '../../model/priority.ts';
import { isGone } from '../../process/is-gone.ts';
import type { ProcessTable } from '../../process/process-table.ts';
import type { StoredHold } from '../../store/hold-table.ts';
import type { Store } from '../../store/store.ts';
import { rankOf } from '../../store/task-row.ts';
import { letGo } from './let-go.ts';

interface FileLocksPorts {
  readonly store: Store;
  readonly table: ProcessTable;
  readonly clock: Clock;
  readonly log: Log;
  /** This engine's lease; throws when it has none. */
  readonly engine: () => EngineId;
}

/** Files held by others than tasks: by people, through unsaved changes in this engine's window, and by programs. */
export class FileLocks {
  private readonly ports: FileLocksPorts;
  private unsaved: readonly string[] = [];
  /** Holds of this engine that wait. */
  private readonly waiting = new Set<HoldId>();

  constructor(ports: FileLocksPorts) {
    this.ports = ports;
  }

  /** Whether somebody of this engine waits for files. */
  get hasWaiting(): boolean {
    return this.waiting.size > 0;
  }

  /** All files with unsaved changes in this window. What its predecessor held on to before a reload goes over to it. */
  setUnsaved(files: readonly string[]): void {
    this.unsaved = files;
    const { store, clock } = this.ports;
    const claims = new Map(files.map((file) => [pathKey(file), file]));
    const engine = this.ports.engine();
    store.write(() => {
      const known = new Map(store.holds.of(engine, 'editor').flatMap((hold) => store.claims.heldBy(holderOfHold(hold.id)).map(({ key }) => [key, hold.id] as const)));
      for (const [key, id] of known) if (!claims.has(key)) this.end(id);
      const lost = new Map(store.holds.orphans().filter(({ kind }) => kind === 'editor').flatMap((hold) => store.claims.heldBy(holderOfHold(hold.id)).map(({ key }) => [key, hold.id] as const)));
      for (const [key, file] of claims) {
        if (known.has(key)) continue;
        const adopted = lost.get(key);
        if (adopted === undefined) this.holdUnsaved(key, file, engine, clock.now());
        else store.holds.adopt(adopted, engine);
      }
      store.markChanged();
    });
  }

  /** The lease is a new one, since another engine took this one for dead: what it held is held again. */
  renew(): void {
    if (this.unsaved.length > 0) this.setUnsaved(this.unsaved);
  }

  async request({ name, pid, claims, task }: HoldRequest): Promise<HoldView> {
    const { store, table, clock } = this.ports;
    const pidStart = (await table.startOf(pid)) ?? '';
    const keyed = claims.map((claim) => keyedClaim(claim));
    const view = store.write(() => {
      const now = clock.now();
      const position = this.positionFor(task, keyed, now);
      const id = store.holds.insert({ kind: 'program', engine: this.ports.engine(), name, pid, pidStart, boot: table.bootId(), position, askedAt: now, task });
      store.claims.standInLine({ holder: holderOfHold(id), position, claims: this.notHadBy(task, keyed) });
      store.markChanged();
      return this.advance(store.holds.get(id)!);
    });
    if (view.state === 'waiting') this.waiting.add(view.id);
    return view;
  }

  async setProcess(id: HoldId, pid: number): Promise<void> {
    const start = (await this.ports.table.startOf(pid)) ?? '';
    this.ports.store.write(() => this.ports.store.holds.setProcess(id, pid, start));
  }

  view(id: HoldId): HoldView | undefined {
    const hold = this.ports.store.holds.get(id);
    return hold === undefined ? undefined : this.viewOf(hold, this.obstacleOf(hold));
  }

  /** Ends a hold, or its waiting. Part of a writing transaction when there is one. */
  end(id: HoldId): void {
    const { store } = this.ports;
    this.waiting.delete(id);
    store.write(() => {
      letGo(store, holderOfHold(id));
      store.holds.delete(id);
      store.markChanged();
    });
  }

  /** Gives files to those of this engine that waited for them. Part of a writing transaction. */
  advanceAll(): void {
    const { store } = this.ports;
    if (this.waiting.size === 0) return;
    for (const id of this.waiting) {
      const hold = store.holds.get(id);
      // What it is given now may be taken back with the transaction; what it has when looked at again it has for good.
      if (hold === undefined || store.claims.awaited(holderOfHold(id)).length === 0) this.waiting.delete(id);
      else this.advance(hold);
    }
  }

  breakLock(holder: Holder, file: string): boolean {
    const { store, log } = this.ports;
    const key = pathKey(file);
    return store.write(() => {
      const id: HolderId = holder.type === 'task' ? holderOfTask(holder.id) : holderOfHold(holder.id);
      if (!store.claims.break(id, key)) return false;
      store.tasks.unparkBehind(id);
      // A hold that holds nothing is over; its program finds that out when it looks.
      if (holder.type !== 'task' && store.claims.heldBy(id).length === 0) store.holds.delete(holder.id);
      store.markChanged();
      log.write('warn', `The lock of ${wordFor(store.whoIs(id))} on ${file} was taken away by a person; it goes on without it`);
      return true;
    });
  }

  /** Ends the holds whose owner is gone. */
  async sweep(): Promise<boolean> {
    const { store, log } = this.ports;
    const gone = await this.forsaken();
    if (gone.length === 0) return false;
    store.write(() => {
      const orphans = new Set(store.holds.orphans().map(({ id }) => id));
      for (const hold of gone) {
        if (!orphans.has(hold.id)) continue;
        const files = store.claims.heldBy(holderOfHold(hold.id)).map(({ path }) => path).join(', ');
        log.write('warn', `The lock of ${wordFor(store.whoIs(holderOfHold(hold.id)))} on ${files || 'what it waited for'} is released: its owner is gone`);
        this.end(hold.id);
      }
    });
    return true;
  }

  /** What is held for somebody who is gone, until it is swept. */
  async forsaken(): Promise<readonly StoredHold[]> {
    const { store, table, clock } = this.ports;
    const gone: StoredHold[] = [];
    for (const hold of store.holds.orphans()) if (!(await this.isKept(hold, clock.now(), table))) gone.push(hold);
    return gone;
  }

  /** An editor's may come back after a reload; a program's lasts as long as its process. */
  private async isKept(hold: StoredHold, now: number, table: ProcessTable): Promise<boolean> {
    if (hold.kind === 'editor') return hold.lostAt !== undefined && now - hold.lostAt < RELOAD_MS && now >= hold.lostAt;
    const holds = this.ports.store.claims.heldBy(holderOfHold(hold.id)).length > 0;
    return holds && hold.boot === table.bootId() && hold.pidStart !== '' && !(await isGone({ pid: hold.pid, start: hold.pidStart }, table));
  }

  private holdUnsaved(key: string, file: string, engine: EngineId, now: number): void {
    const { store, table } = this.ports;
    const id = store.holds.insert({ kind: 'editor', engine, name: '', pid: process.pid, pidStart: '', boot: table.bootId(), position: now, askedAt: now });
    store.claims.take(holderOfHold(id), [{ key, glob: '', path: file, mode: 'write' }], now);
  }

  /** Takes all the files of a waiting hold, or none. */
  private advance(hold: StoredHold): HoldView {
    const { store, clock } = this.ports;
    const holder = holderOfHold(hold.id);
    const claims = store.claims.awaited(holder);
    const obstacle = this.obstacleOf(hold, claims);
    if (obstacle === undefined && claims.length > 0) {
      store.claims.take(holder, claims, clock.now());
      store.markChanged();
    }
    return this.viewOf(hold, obstacle);
  }

  private obstacleOf(hold: StoredHold, claims: readonly KeyedClaim[] = this.ports.store.claims.awaited(holderOfHold(hold.id))): Obstacle | undefined {
    const claimant = { holder: holderOfHold(hold.id), position: hold.position, claims, beside: hold.task === undefined ? undefined : holderOfTask(hold.task) };
    return new LockLedger(this.ports.store.inTheWay([claimant])).firstObstacle(claimant, claims);
  }

  /** Behind a task's files others may stand in line, and wait for it: what its run asks for there comes before them. */
  private positionFor(task: TaskId | undefined, claims: readonly KeyedClaim[], now: number): number {
    const { store } = this.ports;
    const isAtOwn = task !== undefined && store.claims.heldBy(holderOfTask(task)).some((own) => claims.some((claim) => claimsOverlap(own, claim)));
    return (isAtOwn ? store.runs.latestOf(task)?.position : undefined) ?? rankOf(DEFAULT_PRIORITY, now);
  }

  /** Without what the task has to itself; unless a person has unsaved changes there, and nobody decided to go over them. */
  private notHadBy(task: TaskId | undefined, claims: readonly KeyedClaim[]): readonly KeyedClaim[] {
    const { store } = this.ports;
    if (task === undefined) return claims;
    const own = store.claims.heldBy(holderOfTask(task)).filter(({ mode }) => mode === 'write');
    const goesOver = store.tasks.get(task)?.overEditors === true;
    return claims.filter((claim) => !own.some((lock) => claimCovers(lock, claim)) || (!goesOver && this.isUnsaved(claim)));
  }

  private isUnsaved(claim: KeyedClaim): boolean {
    const { store } = this.ports;
    return claim.mode === 'write' && store.claims.locksTouching([claim.key]).some((lock) => store.whoIs(lock.holder)?.type === 'editor' && claimsOverlap(lock, claim));
  }

  private viewOf({ id }: StoredHold, obstacle: Obstacle | undefined): HoldView {
    const isWaiting = this.ports.store.claims.awaited(holderOfHold(id)).length > 0;
    const shown = obstacle?.shown;
    return {
      id,
      state: isWaiting ? 'waiting' : 'held',
      obstacle: shown === undefined ? undefined : { path: shown.path, holder: shown.who, waiting: shown.since === undefined, since: shown.since },
    };
  }
}

/** A window that reloads needs less. */
const RELOAD_MS = 3000;

function wordFor(who: Holder | undefined): string {
  if (who?.type === 'task') return `#${who.id} ${who.name}`;
  return who?.type === 'program' ? `“${who.name}” (process ${who.pid})` : 'an editor with unsaved changes';
}
