import fs from 'node:fs';
import path from 'node:path';
import type { Run } from '../../model/run.ts';
import type { Task } from '../../model/task.ts';
import { isInside } from '../../spec/paths.ts';
import type { RunFolder } from '../../process/run-folder.ts';

export const RESULT_FILE = 'result.json';

/** Where a run leaves what it makes: a folder of its own below its agent's, else the run's folder. */
export function outputFolder(task: Task, run: Run, agentOutputs: string): string {
  const { agent, name } = task.spec;
  if (agent === undefined) return run.folder;
  const label = name.replaceAll(/[^\w.-]+/g, '_').slice(0, 60);
  return path.join(task.workspace, agentOutputs, agent, `${label}-${task.id}.${run.attempt}`);
}

/** What an agent's folder tells of a run. */
export interface RunSummary {
  readonly task: number;
  readonly name: string;
  readonly agent: string;
  readonly attempt: number;
  readonly outcome: string;
  readonly exitCode: number | null;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly cpuSeconds: number | null;
  readonly peakMemoryBytes: number | null;
}

/**
 * Brings together in the agent's folder what a run left: its log, the artifacts it declared (as found under its working
 * folder), and `result.json`, which is the task's own if it wrote one and a summary otherwise. Doing it twice does no harm.
 * @returns artifacts that were declared and that nothing matched.
 */
export async function collectOutputs(task: Task, folder: RunFolder, output: string, summary: RunSummary): Promise<readonly string[]> {
  await fs.promises.mkdir(output, { recursive: true });
  for (const file of [folder.stdout, folder.stderr]) {
    if (fs.existsSync(file)) await fs.promises.copyFile(file, path.join(output, `${path.basename(file)}.log`));
  }
  const missing: string[] = [];
  for (const pattern of task.spec.artifacts) {
    const found = await matches(pattern, task.spec.cwd, output);
    if (found.length === 0) missing.push(pattern);
    for (const file of found) await copyBelow(file, task.spec.cwd, output);
  }
  const result = path.join(output, RESULT_FILE);
  if (!fs.existsSync(result)) await fs.promises.writeFile(result, `${JSON.stringify(summary, null, 2)}\n`);
  return missing;
}

/** Files of a pattern under the working folder, or those that the task already put into the output folder. A folder means all that is in it. */
async function matches(pattern: string, cwd: string, output: string): Promise<string[]> {
  for (const base of [cwd, output]) {
    const files = new Set<string>();
    for await (const found of fs.promises.glob(pattern, { cwd: base })) for (const file of filesOf(path.resolve(base, found))) files.add(file);
    if (files.size > 0) return [...files];
  }
  return [];
}

function filesOf(found: string): string[] {
  const stats = fs.statSync(found, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true) return stats?.isFile() === true ? [found] : [];
  return fs.readdirSync(found, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [path.join(entry.parentPath, entry.name)] : []));
}

async function copyBelow(file: string, cwd: string, output: string): Promise<void> {
  if (isInside(file, output)) return;
  const target = path.join(output, isInside(file, cwd) ? path.relative(cwd, file) : path.basename(file));
  await fs.promises.mkdir(path.dirname(target), { recursive: true });
  await fs.promises.copyFile(file, target);
}
