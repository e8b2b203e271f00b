import path from 'node:path';
import { DEFAULT_OPTIONS } from '../../src/core/engine/engine-options.ts';
import type { EnginePort } from '../../src/core/engine/engine-port.ts';
import { openEngine } from '../../src/core/engine/open-engine.ts';
import type { TaskId } from '../../src/core/model/ids.ts';
import { until } from '../support/until.ts';
import { ControlledScript } from './controlled-script.ts';

/** Queues tasks that hold files in the workspace of a window, which runs them. */
export class FileHolder {
  readonly engine: EnginePort;
  private readonly workspace: string;
  private readonly scripts: ControlledScript[] = [];

  private constructor(engine: EnginePort, workspace: string) {
    this.engine = engine;
    this.workspace = workspace;
  }

  /** Tasks start from now on, whatever else keeps the machine busy. */
  static async open(home: string, workspace: string): Promise<FileHolder> {
    const engine = await openEngine({ ...DEFAULT_OPTIONS, home, kind: 'cli', roots: [], runsTasks: false });
    await engine.pinStrategy('normal');
    return new FileHolder(engine, workspace);
  }

  /** A task that writes the file until it is told to end. */
  async queue(file: string): Promise<HeldTask> {
    const script = new ControlledScript(this.workspace, `holder${this.scripts.length + 1}.py`);
    this.scripts.push(script);
    const submitted = await this.engine.submit({ workspace: this.workspace, name: script.name, tasks: [{ script: script.name, files: [file] }], confine: true });
    if (!submitted.ok) throw new Error(JSON.stringify(submitted.error));
    return new HeldTask(this.engine, submitted.value.tasks[0]!, script);
  }

  /** Lets all tasks end. */
  release(): void {
    for (const script of this.scripts) script.end(0);
  }

  /** Resolves when everybody knows of unsaved changes in the file. */
  async knowsUnsaved(file: string): Promise<void> {
    await until(`${file} to be held by an editor`, async () => {
      const uses = await this.engine.filesInUse([this.workspace]);
      return uses.some(({ path: used, holders }) => path.basename(used) === file && holders.some(({ holder }) => holder.type === 'editor'));
    });
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}

export class HeldTask {
  readonly id: TaskId;
  readonly script: ControlledScript;
  private readonly engine: EnginePort;

  constructor(engine: EnginePort, id: TaskId, script: ControlledScript) {
    this.engine = engine;
    this.id = id;
    this.script = script;
  }

  async waitsForEditor(): Promise<void> {
    await until('the task to wait for unsaved changes', async () => (await this.view()).wait?.type === 'editor');
  }

  async startAnyway(): Promise<void> {
    await this.waitsForEditor();
    await this.engine.startAnyway([this.id]);
    await this.runs();
  }

  async runs(): Promise<void> {
    await until('the task to run', async () => (await this.view()).task.state.status === 'running' && this.script.starts.length > 0);
  }

  async end(): Promise<void> {
    this.script.end(0);
    await until('the task to end', async () => (await this.view()).task.state.status === 'finished');
  }

  private async view() {
    const [view] = await this.engine.views([this.id]);
    if (view === undefined) throw new Error(`There is no task ${this.id}`);
    return view;
  }
}
