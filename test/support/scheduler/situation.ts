import { holderOfTask, taskId } from '../../../src/core/model/ids.ts';
import type { Limits } from '../../../src/core/model/limits.ts';
import type { LedgerEntry } from '../../../src/core/locks/lock-ledger.ts';
import type { WaitReason } from '../../../src/core/model/wait-reason.ts';
import type { Selection } from '../../../src/core/scheduler/select-runnable.ts';
import type { Candidate, Occupant, Snapshot } from '../../../src/core/scheduler/snapshot.ts';

/** Four cores; memory in units of which the machine has 100, 80 of them for tasks. */
export const LIMITS: Limits = {
  total: 6,
  memoryThreshold: 0.8,
  types: [
    { name: 'solo', limit: 1, cpu: 1, memory: 0 },
    { name: 'pair', limit: 2, cpu: 1, memory: 0 },
    { name: 'any', limit: 99, cpu: 1, memory: 0 },
  ],
};

/** `write /a/b` */
export type Wish = `${'read' | 'write'} ${string}`;

export function waiting(id: number, given: Partial<Omit<Candidate, 'claims'>> & { readonly claims?: readonly Wish[] } = {}): Candidate {
  const claims = (given.claims ?? []).map((wish) => {
    const [mode, path] = wish.split(' ') as ['read' | 'write', string];
    return { key: path, glob: '', path, mode };
  });
  return { name: `T${id}`, type: 'any', position: id, cpu: 0, memory: 0, priority: 5, overEditors: false, ...given, id: taskId(id), claims };
}

export function running(id: number, given: Partial<Occupant> = {}): Occupant {
  return { type: 'any', position: id, cpu: 0, memory: 0, memorySeen: 0, ...given, id: taskId(id) };
}

export function lock(task: number, wish: Wish, since = 1000): LedgerEntry {
  const [mode, path] = wish.split(' ') as ['read' | 'write', string];
  return { holder: holderOfTask(taskId(task)), who: { type: 'task', id: taskId(task), name: `T${task}` }, key: path, glob: '', path, mode, since };
}

export function situation(given: Partial<Snapshot> & { readonly cores?: number; readonly free?: number } = {}): Snapshot {
  return {
    limits: given.limits ?? LIMITS,
    capacity: given.capacity ?? { cores: given.cores ?? 4, memoryTotal: 100, memoryAvailable: given.free ?? 100 },
    running: given.running ?? [],
    locks: given.locks ?? [],
    waiting: given.waiting ?? [],
    ...(given.strategy !== undefined && { strategy: given.strategy }),
  };
}

/** The decision in words: `start 1 2`, then a line for each that waits. */
export function inWords({ start, waits }: Selection): string[] {
  return [`start ${start.join(' ')}`.trimEnd(), ...[...waits].map(([id, reason]) => `${id}: ${reasonInWords(reason)}`)];
}

function reasonInWords(reason: WaitReason): string {
  switch (reason.type) {
    case 'lock':
      return `${reason.mode} ${reason.path} of ${reason.holder.type === 'task' ? reason.holder.name : reason.holder.type}${reason.waiting ? ', who waits' : ` since ${reason.since ?? 'now'}`}`;
    case 'typeLimit':
      return `${reason.running} of ${reason.limit} ${reason.taskType}`;
    case 'totalLimit':
      return `${reason.running} of ${reason.limit} in all`;
    case 'resources':
      return `${reason.fits ? '' : 'never: '}needs ${reason.needs} ${reason.resource}, ${Math.round(reason.free * 1e6) / 1e6} free`;
    case 'backfill':
      return `would delay ${reason.head.name}`;
    default:
      return reason.type;
  }
}
