import { UserError } from '../../core/base/user-error.ts';
import { tokenOf } from './cancellation.ts';
import type { HostedRunner } from './hosted-runner.ts';
import type { RunnerCommand, RunnerRegistration } from './parallel-workflow.ts';

const NAME = /^[a-z][\w-]*$/;
const FIELDS = ['name', 'command', 'run'];

/** What an extension registers, as the window's server calls it. @throws UserError that names the field that is wrong. */
export function readRunner(registration: RunnerRegistration): { readonly name: string; readonly runner: HostedRunner } {
  const given: unknown = registration;
  const wrong = (field: string, expected: string): never => {
    throw new UserError(`registerRunner: \`${field}\`: ${expected}.`);
  };
  if (typeof given !== 'object' || given === null) throw new UserError('registerRunner: expected an object that describes a runner.');
  for (const field of Object.keys(given)) if (!FIELDS.includes(field)) wrong(field, `unknown field; known are ${FIELDS.map((name) => `\`${name}\``).join(', ')}`);
  const { name, command, run } = registration;
  if (typeof name !== 'string' || !NAME.test(name))
    wrong('name', `expected a letter, then letters, digits, \`_\` and \`-\`, such as \`notebook\`, got \`${JSON.stringify(name)}\``);
  for (const [field, value] of Object.entries({ command, run }))
    if (value !== undefined && typeof value !== 'function') wrong(field, `expected a function, got \`${JSON.stringify(value)}\``);
  if ((command === undefined) === (run === undefined)) wrong('run', 'a runner has either `command` or `run`');
  return { name, runner: run === undefined ? byCommand(command!) : byFunction(run) };
}

function byFunction(run: NonNullable<RunnerRegistration['run']>): HostedRunner {
  return async (request, say, signal) => {
    const output = { write: (text: string) => say({ type: 'output', text }), writeError: (text: string) => say({ type: 'error', text }) };
    const code: unknown = await run(taskOf(request), output, tokenOf(signal));
    if (code === undefined) return 0;
    if (typeof code === 'number' && Number.isInteger(code) && code >= 0 && code < 256) return code;
    throw new UserError(`The runner \`${request.runner}\` ended with \`${JSON.stringify(code)}\`; expected an exit code from 0 to 255, or nothing.`);
  };
}

function byCommand(command: NonNullable<RunnerRegistration['command']>): HostedRunner {
  return async (request, say, signal) => {
    const { argv, cwd, env } = checked(request.runner, await command(taskOf(request)));
    say({ type: 'command', argv, ...(cwd !== undefined && { cwd }), ...(env !== undefined && { env }) });
    // The program takes it from here, and goes when it has it.
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    return 0;
  };
}

function checked(runner: string, value: unknown): RunnerCommand {
  const { argv, cwd, env } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Record<keyof RunnerCommand, unknown>>;
  const isWords = Array.isArray(argv) && argv.length > 0 && argv.every((word) => typeof word === 'string');
  if (!isWords) throw new UserError(`The runner \`${runner}\` gave \`argv\` as \`${JSON.stringify(argv) ?? 'nothing'}\`; expected a list of texts, the program first.`);
  if (cwd !== undefined && typeof cwd !== 'string') throw new UserError(`The runner \`${runner}\` gave \`cwd\` as \`${JSON.stringify(cwd)}\`; expected the path of a folder.`);
  const isEnvironment = env === undefined || (typeof env === 'object' && env !== null && Object.values(env).every((each) => typeof each === 'string'));
  if (!isEnvironment) throw new UserError(`The runner \`${runner}\` gave \`env\` as \`${JSON.stringify(env)}\`; expected an object of texts.`);
  return value as RunnerCommand;
}

function taskOf({ task, name, input, args, cwd, workspace }: Parameters<HostedRunner>[0]) {
  return { id: task, name, input, args, cwd, folder: workspace };
}
