import { ConfigReader } from '../../core/config/config-reader.ts';
import type { MergedConfig } from '../../core/config/merge-config.ts';
import type { MachineSize } from '../../core/config/older-amounts.ts';

/** What the configuration files of a workspace say together. Files with mistakes say nothing. */
export async function readConfig(workspace: string, machine: MachineSize): Promise<MergedConfig> {
  const reader = new ConfigReader(machine);
  await reader.read([workspace]);
  return reader.merged();
}
