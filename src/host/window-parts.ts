import type * as vscode from 'vscode';
import type { Clock } from '../core/base/clock.ts';
import type { Log } from '../core/base/log.ts';
import type { EngineClient } from './engine-client.ts';
import type { LiveSettings } from './settings/live-settings.ts';
import type { Settings } from './settings/settings.ts';

/** What all parts of the extension in one window work with. */
export interface WindowParts {
  readonly engine: EngineClient;
  readonly live: LiveSettings;
  /** As they are now. */
  readonly settings: () => Settings;
  /** Folders of the window. */
  readonly roots: () => readonly string[];
  /** The state folder. */
  readonly home: string;
  /** Where the extension is installed. */
  readonly extension: vscode.Uri;
  /** Kept for this workspace. */
  readonly memory: vscode.Memento;
  readonly clock: Clock;
  readonly channel: vscode.LogOutputChannel;
  readonly log: Log;
  /** Writes an error down that nobody has to be told of. */
  readonly onError: (error: unknown) => void;
}
