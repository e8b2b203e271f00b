import * as vscode from 'vscode';
import { runId, taskId, type RunId, type TaskId } from '../../core/model/ids.ts';
import { LOG_SCHEME } from '../ids.ts';

/** A run's log; of the latest run when none is named. */
export interface LogAddress {
  readonly task: TaskId;
  readonly run: RunId | undefined;
}

/** The path is what the editor's tab shows; the query is what counts. */
export function logUri({ task, run }: LogAddress, name: string): vscode.Uri {
  const query = new URLSearchParams({ task: String(task), ...(run !== undefined && { run: String(run) }) });
  return vscode.Uri.from({ scheme: LOG_SCHEME, path: `/${name.replaceAll(/[/\\]/g, '-')} #${task}.log`, query: query.toString() });
}

export function logAddress(uri: vscode.Uri): LogAddress {
  const query = new URLSearchParams(uri.query);
  const run = query.get('run');
  return { task: taskId(Number(query.get('task'))), run: run === null ? undefined : runId(Number(run)) };
}
