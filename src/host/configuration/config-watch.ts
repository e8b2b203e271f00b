import os from 'node:os';
import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import { CONFIG_FILES } from '../../core/config/config-files.ts';
import type { MergedConfig } from '../../core/config/merge-config.ts';
import { Coalesced } from '../../core/engine/changes/coalesced.ts';
import { workspaceRoots } from '../workspace-roots.ts';
import { ConfigReader, type FoundConfig } from '../../core/config/config-reader.ts';

/** A file is often written in several steps. */
const SETTLE_MS = 150;
const NOTHING: MergedConfig = { values: new Map(), conflicts: [] };

/** The configuration files of this window's folders as they are now, and when they change. In Restricted Mode none is read. */
export class ConfigWatch implements vscode.Disposable {
  private readonly reader = new ConfigReader({ cores: os.availableParallelism(), memory: os.totalmem() });
  private readonly emitter = new vscode.EventEmitter<void>();
  private readonly reading: Coalesced;
  private readonly onError: (error: unknown) => void;
  private readonly subscriptions: vscode.Disposable[] = [];
  private watchers: readonly vscode.Disposable[] = [];
  private current: MergedConfig = NOTHING;

  readonly onDidChange = this.emitter.event;

  constructor(clock: Clock, onError: (error: unknown) => void) {
    this.onError = onError;
    this.reading = new Coalesced(clock, () => void this.read());
    this.subscriptions.push(
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.watchFolders()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.reading.request(0)),
      { dispose: () => this.reading.dispose() },
    );
    this.watchFolders();
  }

  /** What the files say together; nothing in Restricted Mode. */
  get merged(): MergedConfig {
    return vscode.workspace.isTrusted ? this.current : NOTHING;
  }

  /** What the files of one folder say together, for what is a workspace's own; nothing in Restricted Mode. */
  mergedOf(root: string): MergedConfig {
    return vscode.workspace.isTrusted ? this.reader.merged(root) : NOTHING;
  }

  get files(): readonly FoundConfig[] {
    return this.reader.files;
  }

  dispose(): void {
    for (const part of [...this.subscriptions, ...this.watchers]) part.dispose();
    this.emitter.dispose();
  }

  private watchFolders(): void {
    for (const watcher of this.watchers) watcher.dispose();
    const names = `{${Object.values(CONFIG_FILES).join(',')}}`;
    this.watchers = workspaceRoots().flatMap((root) =>
      [names, `.vscode/${names}`].flatMap((pattern) => {
        const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(root, pattern));
        const look = (): void => this.reading.request(SETTLE_MS);
        return [watcher, watcher.onDidChange(look), watcher.onDidCreate(look), watcher.onDidDelete(look)];
      }),
    );
    this.reading.request(0);
  }

  private async read(): Promise<void> {
    try {
      await this.reader.read(vscode.workspace.isTrusted ? workspaceRoots() : []);
      this.current = this.reader.merged();
      this.emitter.fire();
    } catch (error) {
      this.onError(error);
    }
  }
}
