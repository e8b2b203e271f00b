import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { RoleWatch } from '../../core/roles/role-watch.ts';
import { RoleWorkers } from '../../core/roles/role-workers.ts';
import { RoleList } from '../../views/role-list.ts';
import { RoleStatus } from '../../views/role-status.ts';
import type { Settings } from '../settings/settings.ts';

interface RoleParts {
  readonly engine: EnginePort;
  readonly roots: () => readonly string[];
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly log: Log;
  readonly onError: (error: unknown) => void;
}

export interface RegisteredRoles extends vscode.Disposable {
  readonly watch: RoleWatch;
  /** Who does what roles do by themselves is added here. */
  readonly workers: RoleWorkers;
  settingsChanged(): void;
}

/** Roles in this window: followed, shown and worked for. */
export function registerRoles({ engine, roots, settings, clock, log, onError }: RoleParts): RegisteredRoles {
  const watch = new RoleWatch({ engine, roots, clock, onError });
  const workers = new RoleWorkers({ engine, watch, roots, mayWork: () => vscode.workspace.isTrusted, clock, log });
  const list = new RoleList(watch, onError);
  const status = new RoleStatus(watch, () => settings().rolesStatusBar);
  return { watch, workers, settingsChanged: () => status.settingsChanged(), dispose: () => void vscode.Disposable.from(workers, list, status, watch).dispose() };
}
