import type { AgentName } from '../core/model/agent.ts';
import type { AgentDriver } from './agent-driver.ts';

/** Each agent's driver, loaded on use: a run needs one of them. */
export const DRIVERS: Readonly<Partial<Record<AgentName, () => Promise<AgentDriver>>>> = {};
