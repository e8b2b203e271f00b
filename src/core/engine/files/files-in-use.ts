import { claimsOverlap, type Extent } from '../../locks/claims-overlap.ts';
import type { KeyedClaim } from '../../locks/keyed-claim.ts';
import { LockLedger } from '../../locks/lock-ledger.ts';
import type { FileUse, FileUser } from '../../model/files/file-use.ts';
import { holderId, holdOfHolder, taskOfHolder, type EngineId, type HolderId, type TaskId } from '../../model/ids.ts';
import { scriptOf } from '../../model/script-of.ts';
import { isInside } from '../../spec/paths.ts';
import type { StandingClaim } from '../../store/claim-table.ts';
import type { Store } from '../../store/store.ts';

/** Waiters that are named of each file. */
const MOST_NAMED = 50;
/** Stands in no line: whatever is in force is in its way, and so is everybody in line. */
const NOBODY = { holder: holderId(0), position: Number.POSITIVE_INFINITY };

/** Every file in use below the roots, and every file that somebody waits for because of one. */
export function filesInUse(store: Store, roots: readonly string[], own: EngineId | undefined): readonly FileUse[] {
  const locks = store.claims.locks();
  const uses = new Map<string, Use>();
  for (const lock of locks) useOf(uses, lock).locks.push(lock);
  const awaited = store.claims.awaitedFiles();
  if (awaited.length > 0) {
    const ledger = new LockLedger(store.named(locks));
    for (const claim of awaited) if (ledger.obstacle(NOBODY, claim) !== undefined) useOf(uses, claim);
  }
  const users = new Users(store, own);
  return [...uses.values()]
    .filter(({ path }) => roots.length === 0 || roots.some((root) => isInside(path, root)))
    .map(({ key, glob, path, locks: held }) => ({
      key, glob, path,
      holders: held.flatMap((lock) => users.userOf(lock, lock.since ?? 0) ?? []),
      ...waitersOf(store, { key, glob }, held, awaited.length > 0, users),
    }));
}

/** Looks each holder up once: one program may hold hundreds of files. */
class Users {
  private readonly store: Store;
  private readonly engine: EngineId | undefined;
  private readonly known = new Map<HolderId, Pick<FileUser, 'holder' | 'own'> | undefined>();
  private readonly scripts = new Map<TaskId, string | undefined>();

  constructor(store: Store, engine: EngineId | undefined) {
    this.store = store;
    this.engine = engine;
  }

  of(id: HolderId): Pick<FileUser, 'holder' | 'own'> | undefined {
    if (!this.known.has(id)) this.known.set(id, this.find(id));
    return this.known.get(id);
  }

  userOf({ holder, mode, path }: StandingClaim, since: number): FileUser | undefined {
    const user = this.of(holder);
    if (user === undefined) return undefined;
    const isOwnScript = user.holder.type === 'task' && mode === 'read' && path === this.scriptOf(user.holder.id);
    return { ...user, mode, since, ...(isOwnScript && { isOwnScript }) };
  }

  private scriptOf(id: TaskId): string | undefined {
    if (!this.scripts.has(id)) {
      const task = this.store.tasks.get(id);
      this.scripts.set(id, task === undefined ? undefined : scriptOf(task.spec.work));
    }
    return this.scripts.get(id);
  }

  private find(id: HolderId): Pick<FileUser, 'holder' | 'own'> | undefined {
    const { store, engine } = this;
    const holder = store.whoIs(id);
    return holder === undefined ? undefined : { holder, own: holder.type !== 'task' && engine !== undefined && store.holds.get(holder.id)?.engine === engine };
  }
}

interface Use extends Extent {
  readonly path: string;
  readonly locks: StandingClaim[];
}

function useOf(uses: Map<string, Use>, { key, glob, path }: KeyedClaim): Use {
  const id = `${key}\0${glob}`;
  const use = uses.get(id) ?? { key, glob, path, locks: [] };
  uses.set(id, use);
  return use;
}

function waitersOf(store: Store, { key, glob }: Extent, locks: readonly StandingClaim[], hasLines: boolean, users: Users): Pick<FileUse, 'waiters' | 'waiting'> {
  const forPeople = locks
    .filter(({ holder }) => users.of(holder)?.holder.type === 'editor')
    .flatMap(({ holder }) => store.claims.behindEditor(holder, MOST_NAMED))
    .filter((claim) => claimsOverlap(claim, { key, glob }));
  const line = hasLines ? store.claims.line(key, glob, MOST_NAMED) : [];
  const waiters = [...forPeople, ...line].flatMap((claim) => users.userOf(claim, waitsSince(store, claim)) ?? []);
  return { waiters: waiters.slice(0, MOST_NAMED), waiting: waiters.length < MOST_NAMED ? waiters.length : forPeople.length + store.claims.lineLength(key, glob) };
}

function waitsSince(store: Store, { holder }: StandingClaim): number {
  const task = taskOfHolder(holder);
  if (task === undefined) return store.holds.get(holdOfHolder(holder)!)?.askedAt ?? 0;
  const stored = store.tasks.get(task);
  return stored?.state.status === 'queued' ? stored.state.readyAt : 0;
}
