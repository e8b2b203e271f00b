import * as z from 'zod/mini';
import { UserError } from '../../core/base/user-error.ts';
import type { ProcessTable } from '../../core/process/process-table.ts';
import { typed } from '../../core/present/tasks/command-line.ts';
import { formatDuration } from '../../core/present/format/format-duration.ts';
import { runToEnd, type CommandEnd } from './command-process.ts';
import { tool, type Tool, type ToolAnswer } from './tool.ts';
import type { WorkspacePaths } from './workspace-paths.ts';

const USUAL_SECONDS = 120;
const MOST_SECONDS = 3600;

export interface CommandWorld {
  readonly env: NodeJS.ProcessEnv;
  readonly table: ProcessTable;
  readonly platform: NodeJS.Platform;
}

export function runCommandTool(paths: WorkspacePaths, { env, table, platform }: CommandWorld): Tool {
  return tool({
    name: 'run_command',
    title: 'Run',
    description: 'Runs a program with its arguments and tells its output and exit code. It has no keyboard, and whatever it started is ended with it. Use edit_file and write_file for changes to files.',
    fields: {
      command: z.optional(z.array(z.string()).check(z.minLength(1, 'expected at least the program'), z.describe('The program and its arguments, such as ["python3", "-m", "pytest", "-q"]; no shell reads them'))),
      shell: z.optional(z.string().check(z.minLength(1, 'expected a command line'), z.describe('A command line for the shell instead, only where pipes, redirections or the like are needed'))),
      folder: z.optional(z.string().check(z.describe('Where to run it; the working folder by default'))),
      seconds: z.optional(z.number().check(z.gt(0, 'expected a number of seconds > 0'), z.describe(`After how long to end it; ${USUAL_SECONDS} by default, at most ${MOST_SECONDS}`))),
    },
    prepare({ command, shell, folder = '.', seconds = USUAL_SECONDS }) {
      if ((command === undefined) === (shell === undefined)) throw new UserError('Expected either `command` or `shell`.');
      const argv = command ?? shellLine(shell!, platform);
      const cwd = paths.toWrite(folder);
      const limitMs = Math.min(seconds, MOST_SECONDS) * 1000;
      return {
        about: shell ?? typed(command!),
        writes: { writes: 'unknown', command: shell ?? typed(command!), cwd },
        run: async (signal) => answer(await runToEnd(argv, { cwd, env, limitMs, signal, table }), limitMs),
      };
    },
  });
}

function shellLine(line: string, platform: NodeJS.Platform): readonly string[] {
  return platform === 'win32' ? ['powershell.exe', '-NoProfile', '-NonInteractive', '-Command', line] : ['/bin/sh', '-c', line];
}

function answer({ code, output, why, leftBehind }: CommandEnd, limitMs: number): ToolAnswer {
  const lines = output === '' ? [] : [output];
  if (why === 'tookTooLong') lines.push(`It took longer than ${formatDuration(limitMs)} and was ended.`);
  else if (why === 'unwanted') lines.push('It was ended together with the run.');
  else lines.push(code === undefined ? 'A signal ended it.' : `Exit code ${code}.`);
  if (leftBehind > 0) lines.push(`${leftBehind} ${leftBehind === 1 ? 'process' : 'processes'} that it left behind ${leftBehind === 1 ? 'was' : 'were'} ended.`);
  return { text: lines.join('\n'), isError: why !== 'ended' || code !== 0 };
}
