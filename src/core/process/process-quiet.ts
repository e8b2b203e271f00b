import os from 'node:os';
import type { RunTool } from './tool.ts';

const TIMEOUT_MS = 3000;

/** Lets processes give way to everything else, and takes that back. Priorities by `nice` would do only the former: an ordinary user may not lower them again. */
export type SetQuiet = (pids: readonly number[], quiet: boolean) => Promise<void>;

/**
 * Linux: the scheduling class SCHED_IDLE and the idle class of input and output, which their owner may leave again, see
 * sched(7) and ioprio_set(2). macOS: the background state of taskpolicy(8). Windows: a priority class. A program that is not
 * there, or a process that is gone, is no matter.
 */
export function setQuietOn(platform: NodeJS.Platform, run: RunTool): SetQuiet {
  return async (pids, quiet) => {
    await Promise.all(
      pids.map(async (pid) => {
        if (platform === 'win32') {
          try {
            os.setPriority(pid, quiet ? os.constants.priority.PRIORITY_BELOW_NORMAL : os.constants.priority.PRIORITY_NORMAL);
          } catch {
            // Gone, or somebody else's.
          }
          return;
        }
        for (const [program, ...args] of quietCommands(platform, pid, quiet)) await run(program!, args, TIMEOUT_MS).catch(() => '');
      }),
    );
  };
}

export function quietCommands(platform: NodeJS.Platform, pid: number, quiet: boolean): readonly (readonly string[])[] {
  if (platform === 'darwin') return [['taskpolicy', quiet ? '-b' : '-B', '-p', String(pid)]];
  if (platform !== 'linux') return [];
  return [
    ['chrt', ...(quiet ? ['--idle', '--pid', '0'] : ['--other', '--pid', '0']), String(pid)],
    ['ionice', ...(quiet ? ['-c', '3'] : ['-c', '2', '-n', '4']), '-p', String(pid)],
  ];
}
