import { spawn } from 'node:child_process';
import type { Log } from '../core/base/log.ts';
import { messageOf } from '../core/base/user-error.ts';

/** A reload has another window on the folder well within this time. */
const SERVED_WITHIN_S = 10;

/**
 * Sees to it that the tasks of a window that closes are cancelled. VS Code does not tell a closing window from a
 * reloading one, so this is left to a process that outlives the window: it cancels only if no window serves the folder
 * within some seconds.
 */
export function cancelUnlessServed(cli: string, home: string, roots: readonly string[], log: Log): void {
  for (const root of roots) {
    try {
      const child = spawn(process.execPath, [cli, 'cancel', '--all', '--workspace', root, '--unless-served-within', String(SERVED_WITHIN_S)], {
        // The extension host's own program is Electron on a desktop; told so, it is Node.
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', PARALLEL_WORKFLOW_HOME: home },
        cwd: root,
        detached: true,
        stdio: 'ignore',
        windowsHide: true,
      });
      child.on('error', (error) => log.write('error', `The tasks in ${root} could not be cancelled: ${messageOf(error)}`));
      child.unref();
    } catch (error) {
      log.write('error', `The tasks in ${root} could not be cancelled: ${messageOf(error)}`);
    }
  }
}
