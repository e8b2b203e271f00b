import * as vscode from 'vscode';
import { Emitter } from '../../core/base/emitter.ts';
import { SECTION, type SettingKey } from '../ids.ts';
import { readSettings } from './read-settings.ts';
import type { Settings } from './settings.ts';

/** The settings as they are now, and when they change. Wrong values are told once each. */
export class LiveSettings implements vscode.Disposable {
  private readonly emitter = new Emitter<{ readonly before: Settings; readonly now: Settings }>();
  private readonly subscription: vscode.Disposable;
  private readonly tell: (problem: string) => void;
  private readonly told = new Set<string>();
  private current: Settings;

  readonly onDidChange = this.emitter.event;

  constructor(tell: (problem: string) => void) {
    this.tell = tell;
    this.current = this.read();
    this.subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(SECTION)) return;
      const before = this.current;
      this.current = this.read();
      this.emitter.fire({ before, now: this.current });
    });
  }

  get now(): Settings {
    return this.current;
  }

  dispose(): void {
    this.subscription.dispose();
    this.emitter.dispose();
  }

  private read(): Settings {
    const section = vscode.workspace.getConfiguration(SECTION);
    const { settings, problems } = readSettings((key: SettingKey) => section.get(key));
    for (const problem of problems) {
      if (this.told.has(problem)) continue;
      this.told.add(problem);
      this.tell(problem);
    }
    return settings;
  }
}

export function changeSetting(key: SettingKey, value: unknown): Thenable<void> {
  return vscode.workspace.getConfiguration(SECTION).update(key, value, vscode.ConfigurationTarget.Global);
}
