import type { EnginePort } from '../../core/engine/engine-port.ts';
import { engineLimits, type EngineSettings } from '../../core/settings/engine-settings.ts';
import { isInside } from '../../core/spec/paths.ts';

/** Has an engine go by the settings of its workspaces. Roles are a workspace's own: where a window is open on it, that one sees to them. */
export async function putInForce(engine: EnginePort, roots: readonly string[], settings: EngineSettings): Promise<void> {
  await engine.setLimits(engineLimits(settings));
  await engine.setMachineSettings(settings.machine);
  const alone = await withoutWindow(engine, roots);
  if (alone.length > 0) await engine.setRoles(alone, settings.roles);
}

/** Those of the workspaces that no window is open on. */
export async function withoutWindow(engine: Pick<EnginePort, 'status'>, roots: readonly string[]): Promise<readonly string[]> {
  const { engines } = await engine.status([]);
  const seen = engines.filter(({ kind }) => kind === 'window').flatMap((window) => window.roots);
  return roots.filter((root) => !seen.some((other) => isInside(root, other)));
}
