import { isDeepStrictEqual } from 'node:util';
import type { Log } from '../../base/log.ts';
import type { ProjectAgents } from '../../model/agents/project-agents.ts';
import type { Limits } from '../../model/limits.ts';
import type { UserSettings } from '../../model/user-settings.ts';
import type { Store } from '../../store/store.ts';
import type { SettingPort } from '../engine-port.ts';
import type { ToldSettings } from './told-settings.ts';

interface SettingCallsPorts {
  readonly store: Store;
  readonly log: Log;
  readonly told: ToldSettings;
  readonly onCommitted: () => void;
}

/** See `SettingPort` for what the methods mean. */
export class SettingCalls implements SettingPort {
  private readonly ports: SettingCallsPorts;

  constructor(ports: SettingCallsPorts) {
    this.ports = ports;
  }

  setPaused(roots: readonly string[], paused: boolean): Promise<void> {
    const { store, log, onCommitted } = this.ports;
    store.write(() => {
      for (const root of roots) store.settings.setPaused(root, paused);
      // Nobody stands in line behind a task that is paused.
      store.dissolveLines();
      store.markChanged();
    });
    log.write('info', `${paused ? 'Paused' : 'Resumed'} the queue of ${roots.join(', ')}`);
    onCommitted();
    return Promise.resolve();
  }

  setLimits(limits: Limits): Promise<void> {
    const { told, onCommitted } = this.ports;
    if (told.setLimits(limits)) onCommitted();
    return Promise.resolve();
  }

  setProjectAgents(said: ProjectAgents): Promise<void> {
    const { told, onCommitted } = this.ports;
    if (told.setProjectAgents(said)) onCommitted();
    return Promise.resolve();
  }

  userSettings(): Promise<UserSettings> {
    return Promise.resolve(this.ports.store.settings.user());
  }

  setUserSettings(settings: UserSettings): Promise<void> {
    const { store, onCommitted } = this.ports;
    // Every window tells them at its start; a commit would wake all engines.
    if (isDeepStrictEqual(store.settings.user(), settings)) return Promise.resolve();
    store.write(() => store.settings.setUser(settings));
    onCommitted();
    return Promise.resolve();
  }
}
