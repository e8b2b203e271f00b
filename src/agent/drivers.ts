import { systemClock } from '../core/base/clock.ts';
import type { AgentName } from '../core/model/agent.ts';
import { systemProcessTable } from '../core/process/system-process-table.ts';
import type { AgentDriver } from './agent-driver.ts';

/** Each agent's driver, loaded on use: a run needs one of them. */
export const DRIVERS: Readonly<Partial<Record<AgentName, () => Promise<AgentDriver>>>> = {
  claude: async () => new (await import('./claude/claude-driver.ts')).ClaudeDriver({ clock: systemClock, table: systemProcessTable(process.platform), env: process.env }),
};
