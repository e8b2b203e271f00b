import { pathKey } from '../locks/path-key.ts';
import type { Estimate, Estimated } from '../model/estimate.ts';
import { typeNamed, type Limits } from '../model/limits.ts';
import type { TaskSpec } from '../model/spec.ts';
import { MOST_OF_SCRIPT, type StoredScriptRun } from '../store/script-run-table.ts';
import type { Store } from '../store/store.ts';
import type { StoredTask } from '../store/task-row.ts';
import { learnedNeeds, type LearnedNeeds } from './learned-needs.ts';
import { scriptIdentity } from './script-identity.ts';

interface Known {
  runs: StoredScriptRun[];
  readonly byArgs: Map<string, LearnedNeeds>;
}

/** When more scripts than this are known, all are forgotten and read again. */
const MOST_SCRIPTS = 2000;
/** When more runs than this were added since the last look, all scripts are read again. */
const MOST_ADDED = 500;

/**
 * What tasks are taken to need: as declared, else as their script's past runs tell, else as their type says. Past runs are
 * kept in memory; those that any engine has added since are found by their number, which costs one look into the store.
 */
export class Estimates {
  private readonly store: Store;
  private readonly scripts = new Map<string, Known>();
  private readonly keys = new Map<string, string>();
  private seen = -1;

  constructor(store: Store) {
    this.store = store;
  }

  /** Learned figures are at most `memoryTotal` bytes: what has run here before fits. */
  of(tasks: readonly Pick<StoredTask, 'spec' | 'memoryWanted'>[], limits: Limits, memoryTotal: number): Estimate[] {
    if (tasks.some(({ spec }) => spec.cpu === undefined || spec.memory === undefined)) this.catchUp();
    return tasks.map(({ spec, memoryWanted }) => this.estimate(spec, memoryWanted, limits, memoryTotal));
  }

  private estimate(spec: TaskSpec, memoryWanted: number | undefined, limits: Limits, memoryTotal: number): Estimate {
    const type = typeNamed(limits, spec.type);
    const known = spec.cpu === undefined || spec.memory === undefined ? this.learned(spec) : undefined;
    const memory = declared(spec.memory) ?? (known?.memory && { ...known.memory, value: Math.min(known.memory.value, memoryTotal) }) ?? byType(type.memory);
    return {
      cpu: declared(spec.cpu) ?? known?.cpu ?? byType(type.cpu),
      memory: memoryWanted !== undefined && memoryWanted > memory.value ? { value: memoryWanted, source: 'shortage', runs: 0 } : memory,
    };
  }

  private learned(spec: TaskSpec): LearnedNeeds {
    const { key, args } = scriptIdentity(spec, (file) => this.keyOf(file));
    let known = this.scripts.get(key);
    if (known === undefined) {
      known = { runs: this.store.scriptRuns.of(key), byArgs: new Map() };
      this.scripts.set(key, known);
    }
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

function declared(value: number | undefined): Estimated | undefined {
  return value === undefined ? undefined : { value, source: 'declared', runs: 0 };
}

function byType(value: number): Estimated {
  return { value, source: 'type', runs: 0 };
}
