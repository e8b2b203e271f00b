import type { EnginePort } from '../../core/engine/engine-port.ts';
import { engineLimits } from '../../core/settings/engine-settings.ts';
import { isInside } from '../../core/spec/paths.ts';
import type { ProjectConfig } from './project-config.ts';

/** Has an engine go by the settings of its workspaces. Roles are a workspace's own: where a window is open on it, that one sees to them. */
export async function putInForce(engine: EnginePort, roots: readonly string[], config: Pick<ProjectConfig, 'settings' | 'agents' | 'rolesOf'>): Promise<void> {
  await engine.setLimits(engineLimits(config.settings));
  await engine.setMachineSettings(config.settings.machine);
  await engine.setProjectAgents(config.agents);
  for (const root of await withoutWindow(engine, roots)) await engine.setRoles([root], config.rolesOf(root));
}

/** Those of the workspaces that no window is open on. */
export async function withoutWindow(engine: Pick<EnginePort, 'status'>, roots: readonly string[]): Promise<readonly string[]> {
  const { engines } = await engine.status([]);
  const seen = engines.filter(({ kind }) => kind === 'window').flatMap((window) => window.roots);
  return roots.filter((root) => !seen.some((other) => isInside(root, other)));
}
