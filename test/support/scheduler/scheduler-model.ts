import { holderOfTask } from '../../../src/core/model/ids.ts';
import type { Candidate, Occupant, Snapshot } from '../../../src/core/scheduler/snapshot.ts';

export type Hindrance = 'lock' | 'typeLimit' | 'totalLimit' | 'never' | 'memory' | 'cpu' | 'backfill';

/** Some tasks in a machine: enough to say what hinders one more. */
interface World {
  readonly inside: readonly Occupant[];
  /** What the machine's figures show as free. */
  readonly available: number;
}

/**
 * The rules, said as plainly as possible and without any bookkeeping: everything is counted anew from lists for each task.
 * Tells for each waiting task all that hinders it; it starts when nothing does.
 */
export function hindrances({ limits, capacity, running, locks, waiting }: Snapshot): ReadonlyMap<Candidate, ReadonlySet<Hindrance>> {
  const verdicts = new Map<Candidate, ReadonlySet<Hindrance>>();
  const started: Candidate[] = [];
  const before: Candidate[] = [];
  let head: Candidate | undefined;

  for (const task of waiting) {
    const found = roomHindrances(task, { inside: [...running, ...started.map(asOccupant)], available: capacity.memoryAvailable });
    const inTheWay = [...locks.filter((lock) => lock.holder !== holderOfTask(task.id)), ...before.flatMap((other) => other.claims)];
    if (task.claims.some((claim) => inTheWay.some((other) => meet(claim.key, other.key) && (claim.mode === 'write' || other.mode === 'write')))) found.add('lock');
    if (head !== undefined && !leavesRoomFor(head, task)) found.add('backfill');
    // With nothing inside there is nobody to wait for.
    if (running.length + started.length === 0) for (const hindrance of ['memory', 'cpu', 'backfill'] as const) found.delete(hindrance);

    verdicts.set(task, found);
    if (found.size === 0) started.push(task);
    else if (head === undefined && [...found].every((hindrance) => hindrance === 'memory' || hindrance === 'cpu')) head = task;
    // What can never start keeps nobody from a file.
    if (!found.has('never')) before.push(task);
  }
  return verdicts;

  /** Could the head start beside the task and all others that came after the head, once everything else has ended? */
  function leavesRoomFor(first: Candidate, task: Candidate): boolean {
    const stay = running.filter((occupant) => isBehind(occupant, first));
    const end = running.filter((occupant) => !isBehind(occupant, first));
    const overtook = started.filter((other) => isBehind(other, first));
    const available = capacity.memoryAvailable + sum(end, (occupant) => occupant.memorySeen);
    return roomHindrances(first, { inside: [...stay, ...overtook.map(asOccupant), asOccupant(task)], available }).size === 0;
  }

  function roomHindrances(task: Candidate, { inside, available }: World): Set<Hindrance> {
    const found = new Set<Hindrance>();
    const { limit } = limits.types.find((type) => type.name === task.type)!;
    if (inside.filter((occupant) => occupant.type === task.type).length >= limit) found.add('typeLimit');
    if (inside.length >= limits.total) found.add('totalLimit');
    if (task.memory > capacity.memoryTotal) found.add('never');
    const keptFree = capacity.memoryTotal * (1 - limits.memoryThreshold);
    const unseen = sum(inside, (occupant) => Math.max(0, occupant.memory - occupant.memorySeen));
    if (task.memory > available - keptFree - unseen + 1e-6) found.add('memory');
    const cores = (cpu: number): number => Math.min(cpu, capacity.cores);
    if (cores(task.cpu) + sum(inside, (occupant) => occupant.cpu) > capacity.cores + 1e-6) found.add('cpu');
    return found;
  }

  function asOccupant(task: Candidate): Occupant {
    return { id: task.id, type: task.type, position: task.position, cpu: Math.min(task.cpu, capacity.cores), memory: task.memory, memorySeen: 0 };
  }
}

export function isBehind(one: { readonly position: number; readonly id: number }, other: { readonly position: number; readonly id: number }): boolean {
  return one.position > other.position || (one.position === other.position && one.id > other.id);
}

/** Whether two paths are the same, or one lies below the other. */
export function meet(a: string, b: string): boolean {
  const below = (inner: string, outer: string): boolean => inner.startsWith(outer === '/' ? '/' : `${outer}/`);
  return a === b || below(a, b) || below(b, a);
}

function sum<T>(items: readonly T[], figure: (item: T) => number): number {
  return items.reduce((total, item) => total + figure(item), 0);
}
