import fs from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { isProcessAlive } from '../../core/base/is-process-alive.ts';
import { pathKey } from '../../core/locks/path-key.ts';
import { isInside } from '../../core/spec/paths.ts';

/** Below the state folder; a file for each window, which only this user can read. */
const BRIDGE_FOLDER = 'bridges';

const VERSION = 1;

const notice = z.object({
  version: z.literal(VERSION),
  pid: z.number(),
  /** Folders of the window. */
  roots: z.array(z.string()),
  /** A Unix domain socket, or a named pipe on Windows. */
  socket: z.string(),
  /** Whoever knows it may speak with the window. */
  token: z.string(),
});

/** Where a window can be reached by the runners of prompts. */
export type BridgeNotice = Omit<z.infer<typeof notice>, 'version'>;

export function bridgeFolder(home: string): string {
  return path.join(home, BRIDGE_FOLDER);
}

/** Makes a window known. Returns the file, which is to go when the window does. */
export function writeNotice(home: string, news: BridgeNotice, name: string): string {
  const file = path.join(bridgeFolder(home), `${name}.json`);
  fs.writeFileSync(`${file}.new`, JSON.stringify({ version: VERSION, ...news }), { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
  return file;
}

/** Windows that hold a workspace, those of the innermost folder first, then the latest. Of other versions and of what is no notice nothing is known. */
export function noticesFor(home: string, workspace: string): readonly BridgeNotice[] {
  const wanted = pathKey(workspace);
  const found = readNotices(home).flatMap(({ notice: each, writtenAt }) => {
    const depths = each.roots.map((root) => pathKey(root)).flatMap((root) => (isInside(wanted, root) ? [root.length] : []));
    return depths.length === 0 ? [] : [{ notice: each, depth: Math.max(...depths), writtenAt }];
  });
  return found.sort((a, b) => b.depth - a.depth || b.writtenAt - a.writtenAt).map((each) => each.notice);
}

/** All windows, those that hold the workspace first. */
export function allNotices(home: string, workspace: string): readonly BridgeNotice[] {
  const holders = noticesFor(home, workspace);
  const known = new Set(holders.map(({ token }) => token));
  return [...holders, ...readNotices(home).flatMap(({ notice: each }) => (known.has(each.token) ? [] : [each]))];
}

/** All windows whose process is there. */
function readNotices(home: string): readonly { readonly notice: BridgeNotice; readonly writtenAt: number }[] {
  const folder = bridgeFolder(home);
  return filesOf(folder).flatMap((name) => {
    try {
      const file = path.join(folder, name);
      const each = z.parse(notice, JSON.parse(fs.readFileSync(file, 'utf8')));
      return isProcessAlive(each.pid) ? [{ notice: each, writtenAt: fs.statSync(file).mtimeMs }] : [];
    } catch {
      return [];
    }
  });
}

/** Takes away what windows left that were killed. */
export function clearNotices(home: string): void {
  const folder = bridgeFolder(home);
  for (const name of filesOf(folder)) {
    try {
      const { pid, socket } = z.parse(notice, JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')));
      if (isProcessAlive(pid)) continue;
      fs.rmSync(path.join(folder, name), { force: true });
      if (path.dirname(socket) === folder) fs.rmSync(socket, { force: true });
    } catch {
      // Another window was faster, or it is none of ours.
    }
  }
}

function filesOf(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}
