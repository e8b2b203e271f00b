import os from 'node:os';
import { ConfigReader } from '../../core/config/config-reader.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { formatProblem } from '../../core/spec/problem.ts';

/** Makes the engine know the schedules that files of workspaces hold now, as a window would. Resolves with what is wrong with them, a line each; what was right before stays. */
export async function syncFileSchedules(roots: readonly string[], engine: Pick<EnginePort, 'syncFileSchedules' | 'schedules'>): Promise<readonly string[]> {
  const reader = new ConfigReader({ cores: os.availableParallelism(), memory: os.totalmem() });
  await reader.read(roots);
  const files = reader.files.filter(({ file }) => file === 'scheduler');
  const wrong: string[] = [];
  for (const { root, path, inForce, problems } of files) {
    wrong.push(...problems.filter(({ severity }) => severity === 'error').map(({ message, place }) => `${path}:${place.line + 1}: ${message}`));
    if (inForce === undefined) continue;
    const written = (inForce.find(({ key }) => key === 'schedules')?.value ?? []) as readonly unknown[];
    wrong.push(...(await engine.syncFileSchedules(root, path, written)).map((problem) => `${path}: ${formatProblem(problem)}`));
  }
  // What was read from a file that is gone by now has to go as well.
  const gone = new Map((await engine.schedules(roots)).flatMap(({ schedule: { source, workspace } }) => (source.type === 'file' && !files.some(({ path }) => path === source.path) ? [[source.path, workspace] as const] : [])));
  for (const [path, root] of gone) await engine.syncFileSchedules(root, path, []);
  return wrong;
}
