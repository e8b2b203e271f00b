import type { FSWatcher } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Coalesced } from '../../core/engine/changes/coalesced.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { Run } from '../../core/model/run.ts';
import { LOG_SCHEME } from '../ids.ts';
import { onUse } from '../on-use.ts';
import type { TaskWatch } from '../tasks/task-watch.ts';
import { watchFolder } from '../../core/base/watch-folder.ts';
import { logAddress, logUri, type LogAddress } from './log-uri.ts';
import { readEnd } from './read-end.ts';

/** Of each stream; more would make the editor slow, and all of it is a file of its own. */
const MOST_BYTES = 2 ** 20;
const REFRESH_MS = 700;

interface Following {
  readonly refresh: Coalesced;
  readonly task: Disposable;
  folder: string | undefined;
  files: FSWatcher | undefined;
}

/** Read-only log documents that follow their run while they are open. */
export class LogDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly engine: Pick<EnginePort, 'detail'>;
  private readonly watch: Pick<TaskWatch, 'follow'>;
  private readonly clock: Clock;
  private readonly changeEmitter = new vscode.EventEmitter<vscode.Uri>();
  private readonly text = onUse(() => import('./log-text.ts'));
  private readonly following = new Map<string, Following>();
  private readonly subscriptions: vscode.Disposable;

  readonly onDidChange = this.changeEmitter.event;

  constructor(engine: Pick<EnginePort, 'detail'>, taskWatch: Pick<TaskWatch, 'follow'>, clock: Clock) {
    this.engine = engine;
    this.watch = taskWatch;
    this.clock = clock;
    this.subscriptions = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(LOG_SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.unfollow(String(uri))),
      vscode.workspace.onDidChangeTextDocument(scrollAlong),
      this.changeEmitter,
    );
  }

  async show(address: LogAddress, name: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(logUri(address, name));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const address = logAddress(uri);
    const [{ logText, noLogText }, detail] = await Promise.all([this.text(), this.engine.detail(address.task)]);
    if (detail === undefined) return vscode.l10n.t('Task #{0} was cleared away, and its log with it.', address.task);
    const run = address.run === undefined ? detail.runs.at(-1) : detail.runs.find(({ id }) => id === address.run);
    this.follow(uri, address, run);
    if (run === undefined) return noLogText(detail, this.clock.now());
    const [stdout, stderr] = await Promise.all([readEnd(path.join(run.folder, 'stdout'), MOST_BYTES), readEnd(path.join(run.folder, 'stderr'), MOST_BYTES)]);
    return logText(detail, run, { stdout, stderr }, this.clock.now());
  }

  dispose(): void {
    for (const key of [...this.following.keys()]) this.unfollow(key);
    this.subscriptions.dispose();
  }

  /** A run that is over changes no more, and is watched no longer. */
  private follow(uri: vscode.Uri, address: LogAddress, run: Run | undefined): void {
    const key = String(uri);
    const isOver = run?.endedAt !== undefined;
    let following = this.following.get(key);
    if (isOver && address.run !== undefined) {
      this.unfollow(key);
      return;
    }
    if (following === undefined) {
      const refresh = new Coalesced(this.clock, () => this.changeEmitter.fire(uri));
      let isFirst = true;
      const task = this.watch.follow(address.task, () => {
        // The first call tells what the document already shows.
        if (!isFirst) refresh.request(REFRESH_MS);
        isFirst = false;
      });
      following = { refresh, task, folder: undefined, files: undefined };
      this.following.set(key, following);
    }
    const folder = isOver ? undefined : run?.folder;
    if (following.folder === folder) return;
    following.files?.close();
    following.folder = folder;
    following.files = folder === undefined ? undefined : watchFolder(folder, () => following.refresh.request(REFRESH_MS));
  }

  private unfollow(key: string): void {
    const following = this.following.get(key);
    if (following === undefined) return;
    this.following.delete(key);
    following.task.dispose();
    following.refresh.dispose();
    following.files?.close();
  }
}

/** Somebody who looks at the end of a log goes on looking at its end. */
function scrollAlong({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
  if (document.uri.scheme !== LOG_SCHEME) return;
  const added = contentChanges.reduce((sum, { range, text }) => sum + text.split('\n').length - 1 - (range.end.line - range.start.line), 0);
  const last = document.lineCount - 1;
  for (const editor of vscode.window.visibleTextEditors) {
    const bottom = editor.document === document ? editor.visibleRanges.at(-1)?.end.line : undefined;
    if (bottom !== undefined && added > 0 && bottom >= last - added - 1) editor.revealRange(new vscode.Range(last, 0, last, 0));
  }
}
