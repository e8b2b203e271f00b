import { editFileTool } from './edit-file.ts';
import { listFilesTool } from './list-files.ts';
import { readFileTool } from './read-file.ts';
import { runCommandTool, type CommandWorld } from './run-command.ts';
import { runTaskTool } from './run-task.ts';
import { searchFilesTool } from './search-files.ts';
import { SeenFiles } from './seen-files.ts';
import type { TaskQueue } from './task-queue.ts';
import type { TextFiles } from './text-files.ts';
import type { Tool } from './tool.ts';
import { WorkspacePaths } from './workspace-paths.ts';
import { writeFileTool } from './write-file.ts';

export interface ToolWorld {
  readonly workspace: string;
  readonly cwd: string;
  /** Files outside of the workspace that may be read; absolute. */
  readonly context: readonly string[];
  readonly files: TextFiles;
  readonly commands: CommandWorld;
  /** Without one, the agent cannot queue tasks. */
  readonly queue: TaskQueue | undefined;
}

/** All that an agent without tools of its own can do in a workspace. */
export function workspaceTools({ files, commands, queue, ...places }: ToolWorld): readonly Tool[] {
  const paths = new WorkspacePaths(places);
  const seen = new SeenFiles();
  return [
    listFilesTool(paths),
    readFileTool(paths, files, seen),
    searchFilesTool(paths),
    editFileTool(paths, files, seen),
    writeFileTool(paths, files, seen),
    runCommandTool(paths, commands),
    ...(queue === undefined ? [] : [runTaskTool(queue)]),
  ];
}
