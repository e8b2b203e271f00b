import { holderOfTask, taskId, type TaskId } from '../../../src/core/model/ids.ts';
import type { Limits } from '../../../src/core/model/limits.ts';
import { selectRunnable } from '../../../src/core/scheduler/select-runnable.ts';
import type { Candidate, Occupant } from '../../../src/core/scheduler/snapshot.ts';
import { rankOf } from '../../../src/core/store/task-row.ts';

export interface Job {
  readonly id: number;
  readonly type: string;
  readonly priority: number;
  readonly arrivesAt: number;
  readonly lasts: number;
  readonly cpu: number;
  readonly memory: number;
  readonly claims: Candidate['claims'];
}

export interface Played {
  readonly job: Job;
  readonly startedAt: number;
  readonly endedAt: number;
}

export interface Machine {
  readonly limits: Limits;
  readonly cores: number;
  readonly memory: number;
}

interface Active {
  readonly candidate: Candidate;
  readonly job: Job;
  readonly startedAt: number;
}

/** Plays jobs on a machine that asks `selectRunnable` at each arrival and each end; in no time. Runs show their memory from half of their time on. */
export function play(machine: Machine, jobs: readonly Job[]): ReadonlyMap<number, Played> {
  const arrivals = [...jobs].sort((a, b) => a.arrivesAt - b.arrivesAt || a.id - b.id);
  const byId = new Map(jobs.map((job) => [taskId(job.id), job]));
  const queue: Candidate[] = [];
  const active = new Map<TaskId, Active>();
  const played = new Map<number, Played>();
  let next = 0;

  while (next < arrivals.length || active.size > 0) {
    const now = Math.min(arrivals[next]?.arrivesAt ?? Number.POSITIVE_INFINITY, ...[...active.values()].map(endOf));
    for (const [id, run] of active) {
      if (endOf(run) > now) continue;
      active.delete(id);
      played.set(run.job.id, { job: run.job, startedAt: run.startedAt, endedAt: now });
    }
    for (; arrivals[next] !== undefined && arrivals[next]!.arrivesAt <= now; next++) insert(queue, asCandidate(arrivals[next]!));

    const running = [...active.values()].map((run) => asOccupant(run, now));
    const locks = [...active.values()].flatMap(({ candidate, startedAt }) => candidate.claims.map((claim) => ({ ...claim, holder: holderOfTask(candidate.id), who: { type: 'task' as const, id: candidate.id, name: candidate.name }, since: startedAt + 1 })));
    const seen = running.reduce((sum, { memorySeen }) => sum + memorySeen, 0);
    const capacity = { cores: machine.cores, memoryTotal: machine.memory, memoryAvailable: machine.memory - seen };
    const { start } = selectRunnable({ limits: machine.limits, capacity, running, locks, waiting: queue });
    for (const id of start) {
      const [candidate] = queue.splice(queue.findIndex((waiting) => waiting.id === id), 1);
      active.set(id, { candidate: candidate!, job: byId.get(id)!, startedAt: now });
    }
    if (active.size === 0 && next >= arrivals.length && queue.length > 0) throw new Error(`Nothing runs, and ${queue.length} wait for ever`);
  }
  return played;
}

const endOf = ({ job, startedAt }: Active): number => startedAt + job.lasts;

function asCandidate(job: Job): Candidate {
  return { ...job, id: taskId(job.id), name: `T${job.id}`, position: rankOf(job.priority, job.arrivesAt), overEditors: false };
}

function asOccupant({ candidate, job, startedAt }: Active, now: number): Occupant {
  const isSeen = now - startedAt >= job.lasts / 2;
  return { id: candidate.id, type: candidate.type, position: candidate.position, cpu: candidate.cpu, memory: candidate.memory, memorySeen: isSeen ? candidate.memory : 0 };
}

function insert(queue: Candidate[], candidate: Candidate): void {
  const at = queue.findIndex((other) => other.position > candidate.position || (other.position === candidate.position && other.id > candidate.id));
  queue.splice(at === -1 ? queue.length : at, 0, candidate);
}
