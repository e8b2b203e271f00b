import type { TaskType } from '../../model/task-type.ts';
import type { StoredRun } from '../../store/run-table.ts';

/** Bytes that many a script has taken once its libraries are loaded and its first data are read; less on a small machine. */
const MEMORY = 512e6;
const SHARE_OF_MEMORY = 1 / 32;
/** Fewer than one and a half to a core, whatever they turn out to do. */
const CORES = 0.75;
/** Age in milliseconds from which on what a run was seen to use tells more than a guess: memory fills late, and a start is not what comes after. */
const TOLD = 5000;
/** Whoever uses fewer cores than this at an age of so many milliseconds has other things to do than to compute. */
const QUIET = 0.2;
const QUIET_TOLD = 250;
/** Every program computes while it starts and reads its data: before this age, in milliseconds, what is known of a run tells more than what it was seen to use. */
const STARTED = 1000;

export interface Guess {
  /** Cores. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
}

/** What is set aside for a task of whose script too little is known: at least what its type says. `seen` is the most, in bytes, that any run of it was seen to use. */
export function firstGuess(type: TaskType, memoryTotal: number, seen: number, memoryLimit = Number.POSITIVE_INFINITY): Guess {
  const careful = Math.min(MEMORY, Math.floor(memoryTotal * SHARE_OF_MEMORY));
  return { cpu: Math.max(type.cpu, CORES), memory: Math.max(type.memory, Math.min(Math.max(careful, seen), memoryLimit, memoryTotal)) };
}

/** What a run still has set aside: what was guessed counts only until there was time to see what it really needs. */
export function setAside(run: StoredRun, type: TaskType, now: number): Guess {
  const age = now - (run.startedAt ?? run.claimedAt);
  // A clock that was set back must not make a run young for hours.
  const isPast = (told: number): boolean => age < 0 || age >= told;
  const { coresWanted: wanted, peakMemory = 0 } = run;
  const isKnown = run.cpuFrom === 'declared' || run.cpuFrom === 'learned';
  const seen = isKnown && !isPast(STARTED) ? 0 : (wanted ?? 0);
  const isQuiet = wanted !== undefined && wanted < QUIET && isPast(QUIET_TOLD);
  const cpu = run.cpuFrom === 'guess' && (isQuiet || isPast(TOLD)) ? type.cpu : run.reservedCpu;
  const memory = run.memoryFrom === 'guess' && isPast(TOLD) ? Math.max(type.memory, peakMemory) : run.reservedMemory;
  return { cpu: Math.max(cpu, seen), memory };
}
