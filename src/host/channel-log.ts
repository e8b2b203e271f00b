import type * as vscode from 'vscode';
import type { Log } from '../core/base/log.ts';

/** Writes to the output channel, whose level people choose. */
export function channelLog(channel: vscode.LogOutputChannel): Log {
  return { write: (level, message) => channel[level](message) };
}
