import type { TestContext } from 'node:test';
import { claimRunnable } from '../../../src/core/engine/claiming.ts';
import { DEFAULT_OPTIONS } from '../../../src/core/engine/engine-options.ts';
import { FileLocks } from '../../../src/core/engine/files/file-locks.ts';
import { LeaseKeeper } from '../../../src/core/engine/lease-keeper.ts';
import type { Claim } from '../../../src/core/model/files/claim.ts';
import { holderOfHold, holdId, taskId, type HolderId, type HoldId, type TaskId } from '../../../src/core/model/ids.ts';
import type { Limits } from '../../../src/core/model/limits.ts';
import { ManualClock } from '../../unit/views/manual-clock.ts';
import { MemoryStore } from '../memory-store.ts';
import { FakeProcessTable } from '../process/fake-process-table.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { EXTENTS } from './extents.ts';

const PLENTY: Limits = { total: 999, memoryThreshold: 1, types: [{ name: 'any', limit: 999, cpu: 0, memory: 0 }] };
const CAPACITY = { cores: 999, memoryTotal: 1e12, memoryAvailable: 1e12 };
const WORKSPACES = ['/lab', '/lab/other'];

interface World {
  readonly keeper: LeaseKeeper;
  readonly locks: FileLocks;
  readonly roots: readonly string[];
  alive: boolean;
}

/** A claim as the store has it, with what it covers. */
export interface Held {
  readonly holder: HolderId;
  readonly kind: 'task' | 'editor' | 'program';
  readonly mode: string;
  readonly covers: ReadonlySet<string>;
  readonly position: number;
}

/** Engines, tasks, editors and programs over one store, without processes and in no time; nothing but files limits them. */
export class LockWorld {
  readonly memory: MemoryStore;
  readonly clock = new ManualClock(10_000_000);
  private readonly table = new FakeProcessTable().add(process.pid);
  private readonly random: SeededRandom;
  private readonly engines: World[] = [];
  private readonly programs = new Map<HoldId, { readonly engine: World; readonly pid: number }>();
  private lastPid = 5000;

  constructor(t: TestContext, random: SeededRandom) {
    this.memory = new MemoryStore(t);
    this.random = random;
  }

  async addEngine(): Promise<void> {
    const { store, log } = this.memory;
    const { clock, table } = this;
    const keeper = new LeaseKeeper(store, table, clock, log, { ...DEFAULT_OPTIONS, home: '/state', kind: 'window', roots: WORKSPACES });
    await keeper.register();
    this.engines.push({ keeper, locks: new FileLocks({ store, table, clock, log, engine: () => keeper.id }), roots: WORKSPACES, alive: true });
  }

  get living(): readonly World[] {
    return this.engines.filter(({ alive }) => alive);
  }

  addTask(): void {
    this.memory.add({ type: 'any', cpu: 0, memory: 0, priority: this.random.pick([1, 5, 5, 9]), files: this.claims() }, { now: this.clock.now(), workspace: this.random.pick(WORKSPACES) });
  }

  /** Asks for files on behalf of a program. */
  async addProgram(): Promise<void> {
    const engine = this.random.pick(this.living);
    const pid = ++this.lastPid;
    this.table.add(pid);
    const claims = this.claims();
    if (claims.length === 0) return;
    const { id } = await engine.locks.request({ name: `program ${pid}`, pid, claims });
    this.programs.set(id, { engine, pid });
  }

  /** A program lets go in an orderly way, or gives up waiting. */
  endProgram(): void {
    const [id, { engine, pid }] = this.random.pick([...this.programs]);
    this.programs.delete(id);
    this.table.end(pid);
    if (engine.alive) engine.locks.end(id);
  }

  get programCount(): number {
    return this.programs.size;
  }

  /** Programs that neither have their files nor stand in line for them. */
  forgottenPrograms(): HoldId[] {
    const { claims } = this.memory.store;
    return [...this.programs.keys()].filter((id) => this.memory.store.holds.get(id) !== undefined && claims.heldBy(holderOfHold(id)).length + claims.awaited(holderOfHold(id)).length === 0);
  }

  /** A person types, saves or reverts in one of the windows. */
  edit(): void {
    this.random.pick(this.living).locks.setUnsaved(EXTENTS.flatMap(({ path, glob }) => (glob === '' && this.random.chance(0.25) ? [path] : [])));
  }

  saveAll(): void {
    for (const { locks } of this.living) locks.setUnsaved([]);
  }

  /** An engine is gone without a word; what it asked for on behalf of programs may live on. */
  crash(): void {
    const engine = this.random.pick(this.living);
    engine.alive = false;
    for (const [id, program] of this.programs) {
      if (program.engine !== engine || !this.random.chance(0.5)) continue;
      this.programs.delete(id);
      this.table.end(program.pid);
    }
  }

  /** Time passes; those alive beat, and look after what the others left. */
  async pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0; left -= 500) {
      await this.clock.advance(Math.min(left, 500));
      for (const { keeper, locks } of this.living) {
        keeper.beat();
        await keeper.takeOver();
        await locks.sweep();
      }
    }
  }

  /** Each living engine, in any order, claims what it can; again until nothing more can be had. */
  settle(): void {
    const { store, ledger, estimates } = this.memory;
    const taken = (): string => [store.claims.locks(), store.runs.active(), this.line()].map(({ length }) => length).join();
    for (let before = ''; before !== taken(); ) {
      before = taken();
      const first = this.random.between(0, this.living.length - 1);
      for (const { keeper, locks, roots } of [...this.living.slice(first), ...this.living.slice(0, first)]) {
        store.write(() => {
          const claimant = { engine: keeper.id, roots, hasTerminals: false, boot: 'boot-1', folderFor: ({ id }: { id: number }) => `/state/runs/${id}` };
          claimRunnable(store, ledger, estimates, claimant, PLENTY, CAPACITY, this.clock.now());
          locks.advanceAll();
        });
      }
    }
  }

  endTask(): void {
    const run = this.random.pick(this.memory.store.runs.active());
    this.memory.end(run.task, this.random.between(0, 1), this.clock.now());
  }

  /** Holds, releases, cancels or moves a waiting task, or lets it pass over editors. */
  order(): void {
    const { store, ledger } = this.memory;
    const waiting = this.waitingTasks();
    if (waiting.length === 0) return;
    const id = this.random.pick(waiting);
    const now = this.clock.now();
    store.write(() => {
      switch (this.random.between(0, 4)) {
        case 0:
          return ledger.apply(id, { type: 'stopRequested', cause: { type: 'cancel' }, at: now }, now);
        case 1:
          return ledger.apply(id, { type: 'held' }, now);
        case 2:
          return ledger.apply(id, { type: 'released', at: now }, now);
        case 3:
          return store.tasks.setOverEditors(id);
        default:
          store.tasks.setPriority(this.memory.task(id), this.random.between(1, 9), now);
          return ledger.moveOn(id);
      }
    });
  }

  releaseAll(): void {
    const now = this.clock.now();
    for (const id of this.waitingTasks()) this.memory.store.write(() => this.memory.ledger.apply(id, { type: 'released', at: now }, now));
  }

  waitingTasks(): TaskId[] {
    return WORKSPACES.flatMap((workspace) => this.memory.store.tasks.idsOf(workspace, 'queued'));
  }

  /** Tasks that wait and might start, and programs that wait: with their claims. */
  waiting(): Held[] {
    const { store } = this.memory;
    const tasks = this.waitingTasks().flatMap((id) => {
      const { state, position } = this.memory.task(id);
      if (state.status !== 'queued' || state.held) return [];
      return store.claims.of(id).map((claim) => ({ holder: id as unknown as HolderId, kind: 'task' as const, mode: claim.mode, covers: coverOf(claim), position }));
    });
    return [...tasks, ...this.line().filter(({ kind }) => kind === 'program')];
  }

  /** Claims in force. */
  held(): Held[] {
    return this.memory.database.all('SELECT * FROM locks').map((row) => this.toHeld(row, 0));
  }

  /** Who stands in line. */
  line(): Held[] {
    return this.memory.database.all('SELECT * FROM parked_claims').map((row) => this.toHeld(row, Number(row.position)));
  }

  passesEditors(holder: HolderId): boolean {
    return holder > 0 && this.memory.task(taskId(holder)).overEditors;
  }

  /** Whether somebody alive looks after it; what a dead engine asked for waits until it is found out. */
  isServed(holder: HolderId): boolean {
    const hold = holder < 0 ? this.memory.store.holds.get(holdId(-Number(holder))) : undefined;
    return hold === undefined || this.living.some(({ keeper }) => keeper.id === hold.engine);
  }

  isWaiting(holder: HolderId): boolean {
    return this.waiting().some((other) => other.holder === holder);
  }

  private toHeld(row: Record<string, unknown>, position: number): Held {
    const holder = Number(row.holder) as HolderId;
    const who = this.memory.store.whoIs(holder);
    return { holder, kind: who?.type ?? 'program', mode: String(row.mode), covers: coverOf({ key: String(row.key), glob: String(row.glob) }), position };
  }

  private claims(): Claim[] {
    const wanted = new Set(Array.from({ length: this.random.pick([0, 1, 1, 2, 3]) }, () => this.random.pick(EXTENTS)));
    return [...wanted].map(({ path, glob }) => ({ path, mode: this.random.pick(['read', 'write'] as const), ...(glob !== '' && { glob }) }));
  }
}

function coverOf({ key, glob }: { readonly key: string; readonly glob: string }): ReadonlySet<string> {
  const extent = EXTENTS.find(({ path, glob: own }) => path === key && own === glob);
  if (extent === undefined) throw new Error(`The test has no ${key} with “${glob}”`);
  return new Set(extent.covers);
}
