import { claimsOverlap, type Extent } from '../locks/claims-overlap.ts';
import type { KeyedClaim } from '../locks/keyed-claim.ts';
import { LockLedger } from '../locks/lock-ledger.ts';
import type { FileUse, FileUser } from '../model/file-use.ts';
import { holderId, holdOfHolder, taskOfHolder, type EngineId } from '../model/ids.ts';
import { isInside } from '../spec/paths.ts';
import type { StandingClaim } from '../store/claim-table.ts';
import type { Store } from '../store/store.ts';

/** Waiters that are named of each file. */
const MOST_NAMED = 50;
/** Stands in no line: whatever is in force is in its way, and so is everybody in line. */
const NOBODY = { holder: holderId(0), position: Number.POSITIVE_INFINITY };

/** Every file in use below the roots, and every file that somebody waits for because of one. */
export function filesInUse(store: Store, roots: readonly string[], own: EngineId | undefined): readonly FileUse[] {
  const locks = store.claims.locks();
  const uses = new Map<string, Use>();
  for (const lock of locks) useOf(uses, lock).locks.push(lock);
  const ledger = new LockLedger(store.named(locks));
  for (const claim of store.claims.awaitedFiles()) if (ledger.obstacle(NOBODY, claim) !== undefined) useOf(uses, claim);
  return [...uses.values()]
    .filter(({ path }) => roots.length === 0 || roots.some((root) => isInside(path, root)))
    .map(({ key, glob, path, locks: held }) => ({
      key, glob, path,
      holders: held.flatMap((lock) => userOf(store, lock, lock.since ?? 0, own) ?? []),
      ...waitersOf(store, { key, glob }, held, own),
    }));
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

function waitersOf(store: Store, { key, glob }: Extent, locks: readonly StandingClaim[], own: EngineId | undefined): Pick<FileUse, 'waiters' | 'waiting'> {
  const forPeople = locks
    .filter(({ holder }) => store.whoIs(holder)?.type === 'editor')
    .flatMap(({ holder }) => store.claims.behindEditor(holder, MOST_NAMED))
    .filter((claim) => claimsOverlap(claim, { key, glob }));
  const waiters = [...forPeople, ...store.claims.line(key, glob, MOST_NAMED)].flatMap((claim) => userOf(store, claim, waitsSince(store, claim), own) ?? []);
  return { waiters: waiters.slice(0, MOST_NAMED), waiting: waiters.length < MOST_NAMED ? waiters.length : forPeople.length + store.claims.lineLength(key, glob) };
}

function waitsSince(store: Store, { holder }: StandingClaim): number {
  const task = taskOfHolder(holder);
  if (task === undefined) return store.holds.get(holdOfHolder(holder)!)?.askedAt ?? 0;
  const stored = store.tasks.get(task);
  return stored?.state.status === 'queued' ? stored.state.readyAt : 0;
}

function userOf(store: Store, { holder, mode }: StandingClaim, since: number, engine: EngineId | undefined): FileUser | undefined {
  const who = store.whoIs(holder);
  if (who === undefined) return undefined;
  const own = who.type !== 'task' && engine !== undefined && store.holds.get(who.id)?.engine === engine;
  return { holder: who, mode, since, own };
}
