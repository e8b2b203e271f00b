import { pathKey } from '../../locks/path-key.ts';
import type { Estimate, Estimated } from '../../model/estimate.ts';
import { typeNamed, type Limits } from '../../model/limits.ts';
import type { TaskSpec } from '../../model/spec.ts';
import type { TaskType } from '../../model/task-type.ts';
import type { StoredRun } from '../../store/run-table.ts';
import { MOST_OF_SCRIPT, type StoredScriptRun } from '../../store/script-run-table.ts';
import type { Store } from '../../store/store.ts';
import type { StoredTask } from '../../store/task-row.ts';
import { firstGuess, type Guess } from './first-guess.ts';
import { FEWEST, learnedNeeds, type LearnedNeeds } from './learned-needs.ts';
import { scriptIdentity } from './script-identity.ts';

/** What a task is taken to need, and by what key its script is known if something had to be estimated. */
export interface Needs extends Estimate {
  readonly script: string | undefined;
}

interface Known {
  runs: StoredScriptRun[];
  readonly byArgs: Map<string, LearnedNeeds>;
}

/** When more scripts than this are known, all are forgotten and read again. */
const MOST_SCRIPTS = 2000;
/** When more runs than this were added since the last look, all scripts are read again. */
const MOST_ADDED = 500;

/**
 * What tasks are taken to need: as declared, else as their script's past runs tell, else as their type says. While too few
 * runs are known, a careful guess takes the type's place, and what runs of the script use right now is its first evidence.
 * Past runs are kept in memory; those that any engine has added since are found by their number, which costs one look into the store.
 */
export class Estimates {
  private readonly store: Store;
  private readonly scripts = new Map<string, Known>();
  private readonly keys = new Map<string, string>();
  private seen = -1;

  constructor(store: Store) {
    this.store = store;
  }

  /** Learned figures are at most `memoryTotal` bytes: what has run here before fits. `active` are the runs in hand on the machine. */
  of(tasks: readonly Pick<StoredTask, 'spec' | 'memoryWanted'>[], limits: Limits, memoryTotal: number, active: readonly StoredRun[]): Needs[] {
    if (tasks.some(({ spec }) => isOpen(spec))) this.catchUp();
    return tasks.map(({ spec, memoryWanted }) => {
      const needs = this.estimate(spec, limits, memoryTotal, active);
      return memoryWanted !== undefined && memoryWanted > needs.memory.value ? { ...needs, memory: { value: memoryWanted, source: 'shortage', runs: 0 } } : needs;
    });
  }

  private estimate(spec: TaskSpec, limits: Limits, memoryTotal: number, active: readonly StoredRun[]): Needs {
    const [cpu, memory] = [declared(spec.cpu), declared(spec.memory)];
    if (cpu !== undefined && memory !== undefined) return { cpu, memory, script: undefined };
    const type = typeOf(spec, limits);
    const { key: script, args } = scriptIdentity(spec, (file) => this.keyOf(file));
    const known = this.known(script);
    const { length } = known.runs;
    const learned = this.learned(known, args);
    let guess: Guess | undefined;
    if (length < FEWEST) {
      const peaks = [...known.runs, ...active.filter((run) => run.script === script)].map(({ peakMemory = 0 }) => peakMemory);
      guess = firstGuess(type, memoryTotal, Math.max(0, ...peaks), spec.memoryLimit);
    }
    return {
      cpu: cpu ?? learned.cpu ?? guessed(guess?.cpu, length) ?? byType(type.cpu),
      memory: memory ?? (learned.memory && { ...learned.memory, value: Math.min(learned.memory.value, memoryTotal) }) ?? guessed(guess?.memory, length) ?? byType(type.memory),
      script,
    };
  }

  private known(script: string): Known {
    let known = this.scripts.get(script);
    if (known === undefined) {
      known = { runs: this.store.scriptRuns.of(script), byArgs: new Map() };
      this.scripts.set(script, known);
    }
    return known;
  }

  private learned(known: Known, args: string): LearnedNeeds {
    let needs = known.byArgs.get(args);
    if (needs === undefined) {
      needs = learnedNeeds(known.runs, args);
      known.byArgs.set(args, needs);
    }
    return needs;
  }

  private catchUp(): void {
    const latest = this.store.scriptRuns.latest();
    if (latest === this.seen) return;
    // Numbers that go back: a transaction was taken back, and others may have them now.
    const added = latest < this.seen ? undefined : this.store.scriptRuns.since(this.seen, MOST_ADDED);
    if (added === undefined || added.length === MOST_ADDED || this.scripts.size > MOST_SCRIPTS) this.forget();
    else for (const run of added) this.add(run);
    this.seen = latest;
  }

  private add(run: StoredScriptRun): void {
    const known = this.scripts.get(run.script);
    // One that was read from the store meanwhile may have it already.
    if (known === undefined || (known.runs.at(-1)?.id ?? 0) >= run.id) return;
    known.runs.push(run);
    if (known.runs.length > MOST_OF_SCRIPT) known.runs.shift();
    known.byArgs.clear();
  }

  private forget(): void {
    this.scripts.clear();
    this.keys.clear();
  }

  /** Asking the file system takes longer than all the rest. */
  private keyOf(file: string): string {
    let key = this.keys.get(file);
    if (key === undefined) {
      key = pathKey(file);
      this.keys.set(file, key);
    }
    return key;
  }
}

/** Something of it is not declared. */
function isOpen({ cpu, memory }: TaskSpec): boolean {
  return cpu === undefined || memory === undefined;
}

function guessed(value: number | undefined, runs: number): Estimated | undefined {
  return value === undefined ? undefined : { value, source: 'guess', runs };
}

function declared(value: number | undefined): Estimated | undefined {
  return value === undefined ? undefined : { value, source: 'declared', runs: 0 };
}

function byType(value: number): Estimated {
  return { value, source: 'type', runs: 0 };
}

/** A task needs what its type says, or its role where that says more. */
function typeOf({ type: name, requirement }: TaskSpec, limits: Limits): TaskType {
  const type = typeNamed(limits, name);
  return requirement === undefined ? type : { ...type, cpu: Math.max(type.cpu, requirement.cores), memory: Math.max(type.memory, requirement.memory) };
}
