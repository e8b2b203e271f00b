import fs from 'node:fs';
import path from 'node:path';
import { Emitter } from '../../src/core/base/emitter.ts';
import { Engine } from '../../src/core/engine/engine.ts';
import { DEFAULT_OPTIONS, type EngineOptions } from '../../src/core/engine/engine-options.ts';
import type { Applied, TaskPort, TaskView, TerminalRequest } from '../../src/core/engine/engine-port.ts';
import { FileLog } from '../../src/core/engine/file-log.ts';
import { taskId, type TaskId } from '../../src/core/model/ids.ts';
import type { Outcome } from '../../src/core/model/outcome.ts';
import type { TaskState } from '../../src/core/model/task.ts';
import type { Launched, Spawn } from '../../src/core/process/spawn-detached.ts';
import { shShim } from '../../src/core/process/shim.ts';
import { openDatabase } from '../../src/core/store/open-database.ts';
import { Store } from '../../src/core/store/store.ts';
import { ManualClock, settled } from '../unit/views/manual-clock.ts';
import { FakeProcessTable } from './process/fake-process-table.ts';
import { tempFolder } from './temp-folder.ts';

interface Owner {
  after(clean: () => Promise<void> | void): void;
}

/** A process that does just what its test says. */
export class ScriptedProcess {
  readonly pid: number;
  readonly folder: string;
  private readonly table: FakeProcessTable;
  private readonly clock: ManualClock;
  private readonly tell: (status: number | undefined) => void;

  constructor(pid: number, folder: string, table: FakeProcessTable, clock: ManualClock, tell: (status: number | undefined) => void) {
    this.pid = pid;
    this.folder = folder;
    this.table = table;
    this.clock = clock;
    this.tell = tell;
    writeAt(clock, path.join(folder, 'pid'), `${pid} ${pid * 10}\n`);
    writeAt(clock, path.join(folder, 'ticket'), '');
  }

  /** Ends as its shim would: with a record of the exit, then with the same status. */
  exit(code: number): void {
    writeAt(this.clock, path.join(this.folder, 'result'), `0m0.0s 0m0.0s\n0m1.5s 0m0.5s\nexit ${code}\n`);
    this.vanish(code);
  }

  /** Ends without a word, as when it is killed. */
  vanish(status?: number): void {
    this.table.end(this.pid);
    this.tell(status);
  }
}

/** An engine whose time and processes are in the hands of its test. */
export class ClockedEngine {
  readonly clock: ManualClock;
  readonly table = new FakeProcessTable();
  readonly processes: ScriptedProcess[] = [];
  readonly terminals: TerminalRequest[] = [];
  readonly store: Store;
  readonly engine: Engine;
  readonly home: string;
  readonly lab: string;
  /** From the start of a command to the word of it. */
  hearsLateMs = 0;
  private readonly owner: Owner;

  private constructor(t: Owner, home: string, lab: string, clock: ManualClock, options: Partial<EngineOptions>) {
    this.owner = t;
    this.clock = clock;
    this.home = home;
    this.lab = lab;
    this.table.add(process.pid);
    const { database, notice } = openDatabase(home, 'normal', clock.now());
    this.store = new Store(database);
    const logged = new Emitter<{ level: 'debug' | 'info' | 'warn' | 'error'; message: string }>();
    const spawn: Spawn = (_argv, { env }) => {
      const launched = this.launch(env.PARALLEL_WORKFLOW_RUN!);
      return this.hearsLateMs === 0 ? Promise.resolve(launched) : new Promise((resolve) => clock.after(this.hearsLateMs, () => resolve(launched)));
    };
    this.engine = new Engine(
      {
        store: this.store, notice, clock, table: this.table, onDidLog: logged.event, checkpoint: () => undefined, onClosed: () => undefined, setQuiet: () => Promise.resolve(), canPause: true, agentProbes: { detect: () => Promise.resolve([]), sessions: () => Promise.resolve([]) },
        log: new FileLog(home, clock, (level, message) => logged.fire({ level, message })),
        process: { spawn, shim: shShim, launch: { programs: {}, finder: { find: (program) => `/bin/${program}` }, platform: 'linux', ownNode: '/bin/node', agentRunner: '/bin/agent.js' } },
      },
      // By this clock the folders of runs are old as soon as they are made.
      { ...DEFAULT_OPTIONS, retention: { maxAgeMs: Number.MAX_SAFE_INTEGER, maxBytes: Number.MAX_SAFE_INTEGER }, home, kind: 'cli', roots: [lab], ...options },
    );
    this.engine.onDidRequestTerminal((request) => this.terminals.push(request));
    t.after(() => this.engine.close());
  }

  static async open(t: Owner, options: Partial<EngineOptions> = {}): Promise<ClockedEngine> {
    const lab = tempFolder(t);
    const clocked = new ClockedEngine(t, path.join(tempFolder(t), 'state'), lab, new ManualClock(Date.UTC(2030, 0, 31)), options);
    await clocked.engine.start();
    return clocked;
  }

  /** Another engine over the same store, at the same time, which finds these processes. */
  async next(living: readonly ScriptedProcess[] = []): Promise<ClockedEngine> {
    const clocked = new ClockedEngine(this.owner, this.home, this.lab, this.clock, {});
    for (const { pid } of living) clocked.table.add(pid, { start: String(pid * 10) });
    await clocked.engine.start();
    await clocked.settle();
    return clocked;
  }

  /** Queues tasks and lets the engine do what it does at once. */
  async submit(...tasks: readonly object[]): Promise<TaskId[]> {
    const result = await this.engine.tasks.submit({ workspace: this.lab, name: 'test', confine: true, tasks: tasks.map((task) => ({ command: ['tool'], ...task })) });
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    await this.settle();
    return [...result.value.tasks];
  }

  /** Lets all that is due now happen, what is written lazily too. */
  async settle(): Promise<void> {
    for (let n = 0; n < 6; n++) await settled();
    await this.clock.advance(25);
    for (let n = 0; n < 6; n++) await settled();
  }

  async advance(ms: number): Promise<void> {
    await this.clock.advance(ms);
    await this.settle();
  }

  async order(order: (tasks: TaskPort) => Promise<Applied>): Promise<Applied> {
    const applied = await order(this.engine.tasks);
    await this.settle();
    return applied;
  }

  /** Ends a process and lets the engine take note. */
  async exit(index: number, code: number): Promise<void> {
    this.processes[index]!.exit(code);
    await this.settle();
  }

  async view(id: number): Promise<TaskView> {
    return (await this.engine.tasks.views([taskId(id)]))[0]!;
  }

  async state(id: number): Promise<TaskState> {
    return (await this.view(id)).task.state;
  }

  async outcome(id: number): Promise<Outcome | undefined> {
    const state = await this.state(id);
    return state.status === 'finished' ? state.outcome : undefined;
  }

  private launch(folder: string): Launched {
    const pid = 5000 + this.processes.length;
    this.table.add(pid);
    return {
      pid,
      ended: new Promise((resolve) => this.processes.push(new ScriptedProcess(pid, folder, this.table, this.clock, resolve))),
    };
  }
}

/** Times of files tell when runs began and ended. */
function writeAt(clock: ManualClock, file: string, text: string): void {
  fs.writeFileSync(file, text);
  fs.utimesSync(file, clock.now() / 1000, clock.now() / 1000);
}
