import fs from 'node:fs';
import path from 'node:path';
import { DEFAULT_OPTIONS, type EngineOptions } from '../../src/core/engine/engine-options.ts';
import type { EnginePort, TaskDetail } from '../../src/core/engine/engine-port.ts';
import { openEngine } from '../../src/core/engine/open-engine.ts';
import type { TaskId } from '../../src/core/model/ids.ts';
import type { Outcome } from '../../src/core/model/outcome.ts';
import type { TaskStatus } from '../../src/core/model/task.ts';
import { formatProblem } from '../../src/core/spec/problem.ts';
import { tempFolder } from './temp-folder.ts';

const LONGEST_MS = 30_000;

interface Owner {
  after(clean: () => Promise<void> | void): void;
}

/** A real engine over a state folder and a workspace of its own. When its test has ended, nothing of it is left running. */
export class TestEngine {
  readonly port: EnginePort;
  readonly home: string;
  readonly workspace: string;

  private static opened: TestEngine[] = [];

  private constructor(port: EnginePort, home: string, workspace: string) {
    this.port = port;
    this.home = home;
    this.workspace = workspace;
  }

  static async open(t: Owner, options: Partial<EngineOptions> = {}): Promise<TestEngine> {
    // What was handed to `after` first is done first: engines end before their folders go, also those that others have opened over one.
    const homes: string[] = [];
    t.after(() => TestEngine.endAll(homes));
    const home = options.home ?? path.join(tempFolder(t), 'state');
    homes.push(home);
    const workspace = options.roots?.[0] ?? path.join(tempFolder(t), 'lab');
    fs.mkdirSync(workspace, { recursive: true });
    const port = await openEngine({ ...DEFAULT_OPTIONS, home, kind: 'cli', roots: [workspace], graceMs: 500, ...options });
    const engine = new TestEngine(port, home, workspace);
    this.opened.push(engine);
    return engine;
  }

  /** Writes a file of the workspace. */
  file(name: string, text: string): string {
    const file = path.join(this.workspace, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return file;
  }

  read(name: string): string {
    return fs.readFileSync(path.join(this.workspace, name), 'utf8');
  }

  async submit(...tasks: readonly object[]): Promise<TaskId[]> {
    const result = await this.port.submit({ workspace: this.workspace, name: 'test', tasks, confine: true });
    if (!result.ok) throw new Error(result.error.map(formatProblem).join('\n'));
    return [...result.value.tasks];
  }

  /** Queues a shell command and waits for its end. */
  async finish(task: object): Promise<TaskDetail> {
    const [id] = await this.submit(task);
    return this.ended(id!);
  }

  /** Resolves when a task has finished. */
  ended(id: TaskId): Promise<TaskDetail> {
    return this.when(id, 'finished');
  }

  /** Resolves when a task has a status. */
  async when(id: TaskId, status: TaskStatus, isMeant: (detail: TaskDetail) => boolean = () => true): Promise<TaskDetail> {
    let look = (): void => undefined;
    const listening = this.port.onDidChange(() => look());
    const late = setTimeout(() => look(), LONGEST_MS);
    const deadline = performance.now() + LONGEST_MS;
    try {
      for (;;) {
        const changed = new Promise<void>((resolve) => (look = resolve));
        const detail = await this.port.detail(id);
        if (detail?.task.state.status === status && isMeant(detail)) return detail;
        if (performance.now() >= deadline) throw new Error(`#${id} is not ${status} but ${JSON.stringify(detail?.task.state)}, ${JSON.stringify(detail?.wait)}`);
        await changed;
      }
    } finally {
      clearTimeout(late);
      listening.dispose();
    }
  }

  stdout(detail: TaskDetail): string {
    return fs.readFileSync(path.join(detail.run!.folder, 'stdout'), 'utf8');
  }

  stderr(detail: TaskDetail): string {
    return fs.readFileSync(path.join(detail.run!.folder, 'stderr'), 'utf8');
  }

  private static async endAll(homes: readonly string[]): Promise<void> {
    const ending = this.opened.filter(({ home }) => homes.includes(home));
    this.opened = this.opened.filter(({ home }) => !homes.includes(home));
    for (const engine of ending) await engine.end();
  }

  private async end(): Promise<void> {
    try {
      const { items } = await this.port.query({ group: 'running', roots: [], offset: 0, limit: 999 });
      const ids = items.map(({ task }) => task.id);
      await this.port.cancel(ids);
      await Promise.all(ids.map((id) => this.ended(id)));
    } catch {
      // Its test has closed it.
    }
    await this.port.close();
  }
}

export function outcomeOf(detail: TaskDetail): Outcome | undefined {
  const { state } = detail.task;
  return state.status === 'finished' ? state.outcome : undefined;
}

/** A shell command as a task. */
export function sh(command: string, more: object = {}): object {
  return { command, shell: true, ...more };
}
