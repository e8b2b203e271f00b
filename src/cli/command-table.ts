import type { Command } from './command.ts';

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Loaded on use: most commands need little of the program. */
  readonly load: () => Promise<Command>;
}

export const COMMANDS: readonly CommandEntry[] = [
  { name: 'run', summary: 'queue scripts or a command and follow them to their end', load: async () => (await import('./commands/run.ts')).runCommand },
  { name: 'batch', summary: 'queue the tasks of a batch file and follow them to their end', load: async () => (await import('./commands/batch.ts')).batchCommand },
  { name: 'submit', summary: 'queue scripts, a command or a batch file and return at once', load: async () => (await import('./commands/submit.ts')).submitCommand },
  { name: 'sweep', summary: 'queue a script for every combination of its parameters and seeds', load: async () => (await import('./commands/sweep.ts')).sweepCommand },
  { name: 'wait', summary: 'start what waits, and follow tasks to their end', load: async () => (await import('./commands/wait.ts')).waitCommand },
  { name: 'list', summary: 'list the tasks and why the waiting ones wait', load: async () => (await import('./commands/list.ts')).listCommand },
  { name: 'show', summary: 'show everything about one task', load: async () => (await import('./commands/show.ts')).showCommand },
  { name: 'log', summary: 'print what a task wrote', load: async () => (await import('./commands/log.ts')).logCommand },
  { name: 'status', summary: 'show the machine, the limits, the counts and the engines', load: async () => (await import('./commands/status.ts')).statusCommand },
  { name: 'assess', summary: 'judge the quality and performance of Python scripts', load: async () => (await import('./commands/assess.ts')).assessCommand },
  { name: 'lock', summary: 'run a command while it has files to itself', load: async () => (await import('./commands/lock.ts')).lockCommand },
  { name: 'locks', summary: 'show which files are in use, by whom, and who waits for them', load: async () => (await import('./commands/locks.ts')).locksCommand },
  { name: 'hook', summary: 'for hook files of agents: ask for the files that a tool call would write', load: async () => (await import('./commands/hook.ts')).hookCommand },
  { name: 'agents', summary: 'show who carries out prompts and why, and hold an execution mode in force', load: async () => (await import('./commands/agents.ts')).agentsCommand },
  { name: 'cancel', summary: 'stop tasks, or take waiting ones out of the queue', load: async () => (await import('./commands/cancel.ts')).cancelCommand },
  { name: 'retry', summary: 'queue finished tasks again', load: async () => (await import('./commands/retry.ts')).retryCommand },
  { name: 'hold', summary: 'keep waiting tasks from starting', load: async () => (await import('./commands/hold.ts')).holdCommand },
  { name: 'release', summary: 'let held tasks start', load: async () => (await import('./commands/release.ts')).releaseCommand },
  { name: 'priority', summary: 'change the priority of waiting tasks', load: async () => (await import('./commands/priority.ts')).priorityCommand },
  { name: 'roles', summary: 'list roles, and start, pause or stop them', load: async () => (await import('./commands/roles.ts')).rolesCommand },
  { name: 'milestones', summary: 'tell how far milestones are, and what blocks them', load: async () => (await import('./commands/milestones.ts')).milestonesCommand },
  { name: 'summary', summary: 'tell what happened in the last day, and which tasks need somebody', load: async () => (await import('./commands/summary.ts')).summaryCommand },
  { name: 'schedules', summary: 'list schedules, add, remove, pause and run them', load: async () => (await import('./commands/schedules.ts')).schedulesCommand },
  { name: 'serve', summary: 'start what waits and what comes due, on a machine without a window', load: async () => (await import('./commands/serve.ts')).serveCommand },
  { name: 'pause', summary: 'start nothing new in the workspace', load: async () => (await import('./commands/pause.ts')).pauseCommand },
  { name: 'resume', summary: 'end a pause', load: async () => (await import('./commands/resume.ts')).resumeCommand },
  { name: 'clear', summary: 'take finished tasks and their logs out of the list', load: async () => (await import('./commands/clear.ts')).clearCommand },
];
