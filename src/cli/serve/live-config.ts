import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { messageOf } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { ProjectAgents } from '../../core/model/agents/project-agents.ts';
import { engineOptions, type EngineSettings } from '../../core/settings/engine-settings.ts';
import { configApplier } from '../config/config-applier.ts';
import { ConfigWatch } from '../config/config-watch.ts';
import type { ProjectConfig } from '../config/project-config.ts';
import { putInForce } from '../config/put-in-force.ts';

interface LiveConfigPorts {
  readonly engine: EnginePort;
  readonly roots: readonly string[];
  /** As it was read when the engine was opened. */
  readonly config: ProjectConfig;
  readonly clock: Clock;
  readonly log: Log;
}

/** Carries out the configuration of the workspaces now and whenever it changes. Resolves with what ends that. */
export async function liveConfig({ engine, roots, config, clock, log }: LiveConfigPorts): Promise<() => Promise<void>> {
  const apply = configApplier(engine, roots, config, true);
  const complain = (lines: readonly string[]): void => {
    for (const line of lines) log.write('error', line);
  };
  const told = new Set<number>();
  const tellUntrusted = async (): Promise<void> => {
    for (const { schedule, state } of await engine.schedules(roots)) {
      if (state.type !== 'untrusted' || told.has(schedule.id)) continue;
      told.add(schedule.id);
      log.write('warn', `Schedule “${schedule.name}” needs your trust before it runs: \`parallel-workflow schedules trust ${schedule.id}\``);
    }
  };
  complain(await apply());
  await tellUntrusted();
  const watch = new ConfigWatch(roots, clock, async () => {
    try {
      const before = inForce(config);
      complain(await config.read());
      const changed = changedNames(before, inForce(config));
      if (changed.length > 0) {
        await putInForce(engine, roots, config);
        log.write('info', `Read the configuration anew: ${changed.join(', ')} changed`);
        const late = changedNames(engineOptions(before), engineOptions(config.settings));
        if (late.length > 0) log.write('warn', `A change of ${late.join(', ')} is in force when \`parallel-workflow serve\` is started again`);
      }
      complain(await apply());
      await tellUntrusted();
    } catch (error) {
      log.write('error', `The configuration could not be read anew: ${messageOf(error)}`);
    }
  });
  return async () => {
    watch.dispose();
    await watch.settled();
  };
}

interface InForce extends EngineSettings {
  readonly agents: ProjectAgents;
}

function inForce({ settings, agents }: ProjectConfig): InForce {
  return { ...settings, agents };
}

/** By which people know them. */
const NAMES: Readonly<Record<keyof InForce, string>> = {
  maxParallel: 'maxParallel', types: 'types', memoryThreshold: 'memoryThreshold', machine: 'the machine\'s settings', roles: 'roles', graceMs: 'graceSeconds',
  programs: 'programs', agentOutputs: 'agentOutputs', durability: 'durability', retention: 'logRetention', agents: 'agents',
};

function changedNames(before: Partial<InForce>, now: Partial<InForce>): readonly string[] {
  return (Object.keys(now) as (keyof InForce)[]).filter((key) => !isDeepStrictEqual(before[key], now[key])).map((key) => NAMES[key]);
}
