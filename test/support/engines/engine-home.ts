import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TaskId } from '../../../src/core/model/ids.ts';
import type { Outcome } from '../../../src/core/model/outcome.ts';
import type { EngineProcessOptions } from './engine-call.ts';
import { EngineHandle } from './engine-handle.ts';
import { Gate } from './gate.ts';
import { Journal } from './journal.ts';
import { processesMarked, type MarkedProcess } from './marked-processes.ts';
import { StoreReader } from './store-reader.ts';
import { until } from '../until.ts';

/** A state folder of its own, with a workspace, a journal, and the engine processes that live on it. */
export class EngineHome {
  readonly folder: string;
  readonly state: string;
  readonly workspace: string;
  readonly journal: Journal;
  readonly engines: EngineHandle[] = [];
  private readonly gates: Gate[] = [];
  private reader: StoreReader | undefined;

  constructor() {
    this.folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'engines-')));
    this.state = path.join(this.folder, 'state');
    this.workspace = this.makeFolder('workspace');
    this.journal = new Journal(path.join(this.folder, 'journal'));
  }

  makeFolder(name: string): string {
    const folder = path.join(this.folder, name);
    fs.mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** A new engine process over this home; `ready` tells when it takes part. */
  launch(options: Partial<EngineProcessOptions> = {}): EngineHandle {
    const env = { ...process.env, PARALLEL_WORKFLOW_HOME: this.state, NODE_COMPILE_CACHE: path.join(this.folder, 'compiled') };
    const engine = new EngineHandle({ roots: [this.workspace], ...options }, env);
    this.engines.push(engine);
    return engine;
  }

  async open(options: Partial<EngineProcessOptions> = {}): Promise<EngineHandle> {
    const engine = this.launch(options);
    await engine.ready;
    return engine;
  }

  /** Queues tasks through an engine, all of them or the test fails. */
  async submit(engine: EngineHandle, tasks: readonly unknown[], workspace = this.workspace): Promise<readonly TaskId[]> {
    const submitted = await engine.call('submit', { workspace, name: 'tasks of a test', confine: false, tasks });
    assert.ok(submitted.ok, JSON.stringify(submitted));
    return submitted.value.tasks;
  }

  /** Outcomes of tasks, when all of them have one. */
  async outcomes(ids: readonly TaskId[], deadlineMs?: number): Promise<readonly Outcome[]> {
    return until(`an end of the tasks ${ids.join(', ')}`, () => {
      const outcomes = ids.flatMap((id) => this.store.task(id)?.outcome ?? []);
      return outcomes.length === ids.length && outcomes;
    }, deadlineMs);
  }

  gate(name: string): Gate {
    const gate = new Gate(path.join(this.folder, `gate-${name}`));
    this.gates.push(gate);
    return gate;
  }

  /** The store as it is on disk; an engine must have been opened before. */
  get store(): StoreReader {
    this.reader ??= new StoreReader(path.join(this.state, 'store.sqlite'));
    return this.reader;
  }

  /** Processes of this home other than its engines and what living engines start for themselves. */
  strangers(): readonly MarkedProcess[] {
    const living = new Set(this.engines.filter((engine) => !engine.hasEnded).map((engine) => engine.pid));
    return processesMarked(this.state).filter(({ pid, parent, ofRun }) => !living.has(pid) && (ofRun || !living.has(parent)));
  }

  /** The process that forks for an engine, where there is one. */
  launcherOf(engine: EngineHandle): number | undefined {
    // A command that has just been forked is not one yet.
    return processesMarked(this.state).find(({ parent, ofRun, command }) => parent === engine.pid && !ofRun && /^\S*perl /.test(command))?.pid;
  }

  /** Those that are still there when the ones that were about to end have ended. */
  async orphans(): Promise<readonly MarkedProcess[]> {
    await until('no orphans', () => this.strangers().length === 0, 2000).catch(() => undefined);
    return this.strangers();
  }

  async dispose(): Promise<void> {
    await Promise.all(this.engines.map((engine) => engine.kill()));
    await until('an end of all processes', () => {
      const left = processesMarked(this.state);
      for (const { pid } of left) endProcess(pid);
      return left.length === 0;
    });
    for (const gate of this.gates) gate.dispose();
    this.reader?.close();
    this.journal.close();
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was faster.
  }
}
