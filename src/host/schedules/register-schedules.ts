import * as vscode from 'vscode';
import { ScheduleList } from '../../views/schedules/schedule-list.ts';
import type { CommandParts } from '../commands/command-parts.ts';
import { registerCommandsOnUse } from '../commands/register-commands.ts';
import { COMMANDS } from '../ids.ts';
import type { WindowParts } from '../window-parts.ts';

type ScheduleParts = WindowParts & Pick<CommandParts, 'tree' | 'submission'>;

/** Schedules in this window: shown, made and changed. */
export function registerSchedules(parts: ScheduleParts): vscode.Disposable {
  return vscode.Disposable.from(
    new ScheduleList(parts),
    registerCommandsOnUse(
      [
        COMMANDS.newSchedule,
        COMMANDS.scheduleScript,
        COMMANDS.editSchedule,
        COMMANDS.runScheduleNow,
        COMMANDS.pauseSchedule,
        COMMANDS.resumeSchedule,
        COMMANDS.removeSchedule,
        COMMANDS.trustSchedule,
        COMMANDS.showLastRun,
      ],
      async () => (await import('./schedule-commands.ts')).scheduleCommands(parts),
      parts.log,
    ),
  );
}
