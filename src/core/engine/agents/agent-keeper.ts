import type { DetectAgents } from '../../agents/detect-agents.ts';
import type { ListClaudeSessions } from '../../agents/claude-sessions.ts';
import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import type { EngineId } from '../../model/ids.ts';
import type { ProcessTable } from '../../process/process-table.ts';
import type { Store } from '../../store/store.ts';
import { AgentCalls } from './agent-calls.ts';
import { AgentLooks } from './agent-looks.ts';
import type { EngineOptions } from '../engine-options.ts';
import { ForeignClaude } from './foreign-claude.ts';
import { ModeKeeper } from './mode-keeper.ts';
import { WindowModels } from './window-models.ts';

/** How this machine is asked for agents. */
export interface AgentProbes {
  readonly detect: DetectAgents;
  readonly sessions: ListClaudeSessions;
}

export interface AgentKeeperPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly table: ProcessTable;
  readonly probes: AgentProbes;
  readonly engine: () => EngineId | undefined;
  readonly options: Pick<EngineOptions, 'kind' | 'roots' | 'runsTasks'>;
  readonly onCommitted: () => void;
}

/** Keeps what engines know of the agents in step with the machine and with the time. */
export class AgentKeeper implements Disposable {
  readonly looks: AgentLooks;
  readonly mode: ModeKeeper;
  readonly foreign: ForeignClaude;
  readonly windowModels: WindowModels;
  readonly calls: AgentCalls;
  private readonly options: AgentKeeperPorts['options'];

  constructor(ports: AgentKeeperPorts) {
    const { store, probes, options, onCommitted } = ports;
    this.options = options;
    // In Restricted Mode a window starts no program at all.
    const mayLook = options.runsTasks || options.kind !== 'window';
    this.looks = new AgentLooks({ ...ports, detect: probes.detect, mayLook });
    this.mode = new ModeKeeper(ports);
    this.windowModels = new WindowModels(ports);
    this.foreign = new ForeignClaude({
      ...ports,
      list: probes.sessions,
      roots: options.roots,
      mayLook,
      onChanged: () => {
        store.write(() => store.markChanged());
        onCommitted();
      },
    });
    const { looks, mode, foreign, windowModels } = this;
    this.calls = new AgentCalls({ ...ports, looks, mode, foreign, windowModels });
  }

  start(): void {
    if (this.options.kind === 'window') this.looks.start();
  }

  /** With each heartbeat. */
  beat(isNewLease: boolean): void {
    if (this.options.kind === 'agent') return;
    if (isNewLease) this.windowModels.renew();
    this.looks.beat();
    this.mode.checkIfChanged();
  }

  dispose(): void {
    this.looks.dispose();
    this.foreign.dispose();
  }
}
