import { systemClock } from '../core/base/clock.ts';
import type { EnginePort } from '../core/engine/engine-port.ts';
import type { AgentRequest } from '../core/model/agents/agent-request.ts';
import type { AgentName } from '../core/model/agents/agent.ts';
import { taskId } from '../core/model/ids.ts';
import { systemProcessTable } from '../core/process/system-process-table.ts';
import type { AgentDriver } from './agent-driver.ts';
import { EngineTaskQueue } from './tools/engine-task-queue.ts';
import { diskBesideWindow } from './window/window-files.ts';

/** What a driver may need beside the turn itself. */
export interface DriverPorts {
  readonly request: AgentRequest;
  /** The run's folder. */
  readonly folder: string;
  readonly engine: EnginePort;
}

/** Each agent's driver, loaded on use: a run needs one of them. */
export const DRIVERS: Readonly<Partial<Record<AgentName, (ports: DriverPorts) => Promise<AgentDriver>>>> = {
  claude: async () => new (await import('./claude/claude-driver.ts')).ClaudeDriver({ clock: systemClock, table: systemProcessTable(process.platform), env: process.env }),
  autogen: async (ports) => new (await import('./autogen/autogen-driver.ts')).AutogenDriver({ folder: ports.folder, env: process.env, files: diskBesideWindow(ports.request), queue: taskQueue(ports) }),
  vscode: async (ports) => new (await import('./window/vscode-driver.ts')).VscodeDriver({ folder: ports.folder, env: process.env, queue: taskQueue(ports) }),
};

function taskQueue({ request, engine }: DriverPorts): EngineTaskQueue {
  return new EngineTaskQueue({ engine, clock: systemClock, workspace: request.workspace, cwd: request.cwd, task: taskId(request.task) });
}
