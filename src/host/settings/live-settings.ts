import * as vscode from 'vscode';
import { Emitter } from '../../core/base/emitter.ts';
import type { Json } from '../../core/base/json.ts';
import type { MergedConfig } from '../../core/config/merge-config.ts';
import type { Role } from '../../core/model/roles/role.ts';
import type { UserSettings } from '../../core/model/user-settings.ts';
import { SECTION, SETTINGS, type SettingKey } from '../ids.ts';
import type { EffectiveSetting } from '../configuration/effective-text.ts';
import { readRoles } from '../../core/settings/read-roles.ts';
import { readSettings } from './read-settings.ts';
import { ENGINE_SETTINGS } from '../../core/settings/setting-keys.ts';
import { settingInForce, type SettingInForce } from '../../core/settings/setting-in-force.ts';
import { placeOf } from './setting-place.ts';
import { SettingReader } from '../../core/settings/setting-reader.ts';
import type { Settings } from './settings.ts';

/** What the files of a project set. */
interface ConfigSource {
  readonly merged: Pick<MergedConfig, 'values'>;
  readonly mergedOf: (root: string) => Pick<MergedConfig, 'values'>;
  readonly onDidChange: (listener: () => void) => vscode.Disposable;
}

/** The settings as they are now, of the person, the project's files and the workspace, and when they change. Wrong values are told once each. */
export class LiveSettings implements vscode.Disposable {
  private readonly emitter = new Emitter<{ readonly before: Settings; readonly now: Settings }>();
  private readonly userChanged = new Emitter<void>();
  private readonly subscription: vscode.Disposable;
  private readonly tell: (problem: string) => void;
  private readonly files: ConfigSource;
  private readonly told = new Set<string>();
  private current: Settings;

  readonly onDidChange = this.emitter.event;
  /** What `user` tells may be another. */
  readonly onDidChangeUser = this.userChanged.event;

  constructor(tell: (problem: string) => void, files: ConfigSource) {
    this.tell = tell;
    this.files = files;
    this.current = this.read();
    this.subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration(SECTION)) return;
        this.userChanged.fire();
        this.readAgain();
      }),
      files.onDidChange(() => this.readAgain()),
    );
  }

  /** All settings with their values in force, by name. */
  effective(): readonly EffectiveSetting[] {
    return Object.values(SETTINGS).map((key) => ({ key, ...this.inForce(key) })).sort((a, b) => a.key.localeCompare(b.key));
  }

  /** What the person has set for all workspaces, of what an engine goes by. */
  user(): UserSettings {
    const configuration = vscode.workspace.getConfiguration(SECTION);
    return Object.fromEntries(Object.values(ENGINE_SETTINGS).flatMap((key) => {
      const value = configuration.inspect<Json>(key)?.globalValue;
      return value === undefined ? [] : [[key, value] as const];
    }));
  }

  inForce(key: string): SettingInForce {
    return settingInForce(vscode.workspace.getConfiguration(SECTION).inspect(key), this.files.merged.values.get(key));
  }

  /** Roles as one folder of the window has them: what another folder's files say is none of its business. */
  rolesOf(root: string): readonly Role[] {
    const files = this.files.mergedOf(root);
    const reader = new SettingReader((key) => settingInForce(vscode.workspace.getConfiguration(SECTION).inspect(key), files.values.get(key)).value);
    const roles = readRoles(reader);
    this.tellNew(reader.problems.map(({ message }) => message));
    return roles;
  }

  get now(): Settings {
    return this.current;
  }

  dispose(): void {
    this.subscription.dispose();
    this.emitter.dispose();
    this.userChanged.dispose();
  }

  private readAgain(): void {
    const before = this.current;
    this.current = this.read();
    if (JSON.stringify(before) !== JSON.stringify(this.current)) this.emitter.fire({ before, now: this.current });
  }

  private read(): Settings {
    const { settings, problems } = readSettings((key: SettingKey) => this.inForce(key).value);
    this.tellNew(problems);
    return settings;
  }

  private tellNew(problems: readonly string[]): void {
    for (const problem of problems) {
      if (this.told.has(problem)) continue;
      this.told.add(problem);
      this.tell(problem);
    }
  }
}

/** Changes what no file of a project sets, for the person everywhere, or where the workspace says something of it, for the workspace. */
export function changeSetting(key: SettingKey, value: unknown): Thenable<void> {
  const settings = vscode.workspace.getConfiguration(SECTION);
  const place = placeOf(settingInForce(settings.inspect(key), undefined));
  return settings.update(key, value, place === 'user' ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace);
}
