import type { OptionTable } from '../command-option.ts';

/** What may be said of the tasks that `run` and `submit` queue; each stands for a field of a batch file. */
export const SPEC_OPTIONS = {
  type: { type: 'string', value: 'TYPE', help: 'blender_task, simulation, analysis, utility or one of your own' },
  priority: { type: 'string', value: 'N', help: 'a number, lower runs first, or high, normal, low' },
  name: { type: 'string', value: 'TEXT', help: 'name of the task' },
  arg: { type: 'string', value: 'TEXT', multiple: true, help: 'an argument for the script, as after --' },
  cwd: { type: 'string', value: 'DIR', help: 'folder to run in; that of the script by default' },
  env: { type: 'string', value: 'NAME=TEXT', multiple: true, help: 'a variable of its environment' },
  file: { type: 'string', value: 'PATH', multiple: true, help: 'a file it writes, never used by two tasks at once; read:PATH for one it shares' },
  after: { type: 'string', value: 'ID', multiple: true, help: 'an earlier task that must have succeeded first' },
  agent: { type: 'string', value: 'NAME', help: 'whose output folder receives log and artifacts' },
  tag: { type: 'string', multiple: true, value: 'WORD', help: 'a word of your own, by which milestones find the task' },
  role: { type: 'string', value: 'NAME', help: 'the role it is queued to, such as gui_testing; `parallel-workflow roles` lists them' },
  timeout: { type: 'string', value: 'TIME', help: 'stop it after so long: 90s, 5m, or seconds' },
  retries: { type: 'string', value: 'N', help: 'further attempts after a failure' },
  cpu: { type: 'string', value: 'N', help: 'cores it is taken to need' },
  memory: { type: 'string', value: 'SIZE', help: 'memory it is taken to need: 512MB, 2GiB' },
  'memory-limit': { type: 'string', value: 'SIZE', help: 'stop it when it uses more' },
  'start-at': { type: 'string', value: 'TIME', help: 'not before this time: 2030-01-31T08:00:00Z' },
  interactive: { type: 'boolean', help: 'it needs a keyboard: run it in a real terminal' },
} as const satisfies OptionTable;
