import { assertNever } from '../base/assert-never.ts';
import type { Run } from '../model/run.ts';
import type { TaskSpec } from '../model/spec.ts';

/** What is run, as one would type it: of the latest run, else as the spec asks for it. */
export function commandLine(spec: TaskSpec, run: Run | undefined): string {
  if (run !== undefined && run.argv.length > 0) return run.argv.map(quoted).join(' ');
  const { work } = spec;
  switch (work.kind) {
    case 'script':
      return [work.path, ...spec.args].map(quoted).join(' ');
    case 'blender':
      return ['blender', '--background', '--python', work.path, ...(spec.args.length > 0 ? ['--', ...spec.args] : [])].map(quoted).join(' ');
    case 'function':
      return `${work.module}:${work.name} ${JSON.stringify(work.arguments)}`;
    case 'command':
      return 'shell' in work ? work.shell : [...work.argv, ...spec.args].map(quoted).join(' ');
    case 'prompt':
      return work.prompt;
    default:
      return assertNever(work);
  }
}

function quoted(argument: string): string {
  if (/^[\w@%+=:,./\\~^-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}
