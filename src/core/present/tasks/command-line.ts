import { assertNever } from '../../base/assert-never.ts';
import type { Run } from '../../model/run.ts';
import type { TaskSpec } from '../../model/spec.ts';

/** What is run, as one would type it: of the latest run, else as the spec asks for it. */
export function commandLine(spec: TaskSpec, run: Run | undefined): string {
  // Of a prompt the words matter, not the program that passes them on.
  if (spec.work.kind === 'prompt') return spec.work.prompt;
  if (run !== undefined && run.argv.length > 0) return typed(run.argv);
  const { work } = spec;
  switch (work.kind) {
    case 'script':
      return typed([work.path, ...spec.args]);
    case 'blender':
      return typed(['blender', '--background', '--python', work.path, ...(spec.args.length > 0 ? ['--', ...spec.args] : [])]);
    case 'function':
      return `${work.module}:${work.name} ${JSON.stringify(work.arguments)}`;
    case 'command':
      return 'shell' in work ? work.shell : typed([...work.argv, ...spec.args]);
    case 'hosted':
      return `${work.runner} ${JSON.stringify(work.input)}`;
    default:
      return assertNever(work);
  }
}

/** An argument array as one would type it in a shell. */
export function typed(argv: readonly string[]): string {
  return argv.map(quoted).join(' ');
}

function quoted(argument: string): string {
  if (/^[\w@%+=:,./\\~^-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}
