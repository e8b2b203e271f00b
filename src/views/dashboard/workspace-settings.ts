import * as vscode from 'vscode';
import { SECTION, SETTINGS } from '../../host/ids.ts';
import type { LiveSettings } from '../../host/settings/live-settings.ts';
import { placeOf } from '../../host/settings/setting-place.ts';
import type { SettingPlace, SettingStore } from './advice-book.ts';

const KEYS: readonly string[] = Object.values(SETTINGS);

/** The settings as VS Code keeps them. */
export function workspaceSettings(live: Pick<LiveSettings, 'inForce'>): SettingStore {
  return {
    has: (key) => KEYS.includes(key),
    place: (key) => placeOf(live.inForce(key)),
    written: (key, place) => (place === 'user' ? inspect(key)?.globalValue : inspect(key)?.workspaceValue),
    write: (key, place, value) => vscode.workspace.getConfiguration(SECTION).update(key, value, targetOf(place)),
  };
}

function inspect(key: string): { readonly globalValue?: unknown; readonly workspaceValue?: unknown } | undefined {
  return vscode.workspace.getConfiguration(SECTION).inspect(key);
}

function targetOf(place: SettingPlace): vscode.ConfigurationTarget {
  return place === 'user' ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
}
