import fs from 'node:fs';
import path from 'node:path';
import type { EngineHome } from './engine-home.ts';
import { momentsOf, type Moment } from './overlaps.ts';
import type { RunRow, TaskRow } from './store-reader.ts';
import { isTrue, type PlannedTask } from './workload.ts';

/** How often a task's command began and ended by its own word, and what the store knows of it. */
export interface Count {
  readonly key: string;
  begun: number;
  ended: number;
  runs: number;
  attempts: number;
}

/** What became of planned tasks, when all is over: by the journal of the commands, and by the store. */
export class WorkAccount {
  /** Commands as they say they ran. */
  readonly journalled: readonly Moment<PlannedTask>[];
  /** Runs as the store has them, from the claim on. */
  readonly recorded: readonly Moment<PlannedTask>[];
  private readonly planned: ReadonlyMap<string, PlannedTask>;
  private readonly tasks: readonly TaskRow[];
  private readonly runs: readonly RunRow[];

  constructor(home: EngineHome, planned: readonly PlannedTask[]) {
    this.planned = new Map(planned.map((task) => [task.key, task]));
    this.tasks = home.store.tasks().filter((task) => this.planned.has(task.name));
    this.runs = home.store.runs().filter((run) => this.planned.has(run.name));
    this.journalled = home.journal.entries().flatMap(({ kind, key }) => {
      const of = this.planned.get(key);
      return of === undefined ? [] : [{ begins: kind === 'start', of }];
    });
    this.recorded = momentsOf(this.runs.map((run) => ({ from: run.claimed_at, to: run.ended_at ?? Number.POSITIVE_INFINITY, of: this.planned.get(run.name)! })));
  }

  /** Tasks that are gone from the store, or have not the end that they must have. */
  lost(): readonly { readonly key: string; readonly got: unknown }[] {
    const byName = new Map(this.tasks.map((task) => [task.name, task]));
    return [...this.planned.values()].flatMap(({ key, expected }) => {
      const outcome = byName.get(key)?.outcome;
      return isTrue(outcome, expected) ? [] : [{ key, got: outcome ?? byName.get(key)?.status }];
    });
  }

  /** Tasks whose output is not whole. */
  cutOff(): readonly string[] {
    return this.runs.filter((run) => fs.readFileSync(path.join(run.folder, 'stdout'), 'utf8') !== `output of ${run.name}\n`).map((run) => run.name);
  }

  /** Tasks that did not run exactly once, or, when they were to be skipped, ran at all. */
  notOnce(): readonly Count[] {
    const counts = new Map([...this.planned.keys()].map((key): [string, Count] => [key, { key, begun: 0, ended: 0, runs: 0, attempts: 0 }]));
    for (const { begins, of } of this.journalled) counts.get(of.key)![begins ? 'begun' : 'ended']++;
    for (const run of this.runs) counts.get(run.name)!.runs++;
    for (const task of this.tasks) counts.get(task.name)!.attempts = task.attempts;
    return [...counts.values()].filter(({ key, begun, ended, runs, attempts }) => {
      const once = this.planned.get(key)!.expected.type === 'skipped' ? 0 : 1;
      return [begun, ended, runs, attempts].some((count) => count !== once);
    });
  }

  /** Tasks that began before what they depend on had ended. */
  early(): readonly string[] {
    const ended = new Set<string>();
    const early: string[] = [];
    for (const { begins, of } of this.journalled) {
      if (!begins) ended.add(of.key);
      else if (of.after.some((key) => !ended.has(key))) early.push(of.key);
    }
    return early;
  }
}
