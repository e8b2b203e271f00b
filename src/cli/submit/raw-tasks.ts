import path from 'node:path';
import { UserError } from '../../core/base/user-error.ts';
import type { OptionValues } from '../command-option.ts';
import type { ParsedLine } from '../parse-options.ts';
import type { SPEC_OPTIONS } from './spec-options.ts';

const LONGEST_NAME = 60;

type SpecValues = OptionValues<typeof SPEC_OPTIONS>;

/** Tasks as a batch file would say them, from the words of a command line: one for each file, or one for a prompt or for the command after `--`. */
export function rawTasks({ options, positionals, rest }: Pick<ParsedLine<typeof SPEC_OPTIONS>, 'options' | 'positionals' | 'rest'>, verb: string): readonly unknown[] {
  const common = commonFields(options);
  if (options.prompt !== undefined) {
    if (positionals.length > 0 || rest !== undefined) throw new UserError(`\`--prompt\` stands alone; give the agent files to read with \`--context FILE\`, and files to change with \`--file FILE\`.`);
    return [{ ...common, prompt: options.prompt, ...(options.arg.length > 0 && { args: options.arg }) }];
  }
  if (positionals.length === 0) {
    if (rest === undefined || rest.length === 0) throw new UserError(`Expected a script, a command or a prompt: \`parallel-workflow ${verb} FILE...\`, \`parallel-workflow ${verb} -- COMMAND\` or \`parallel-workflow ${verb} --prompt TEXT\`.`);
    return [{ ...common, command: [...rest, ...options.arg] }];
  }
  const batch = positionals.find((file) => file.endsWith('.parallel.json'));
  if (batch !== undefined) {
    throw new UserError(`\`${batch}\` is a batch file; use \`parallel-workflow ${verb === 'submit' ? 'submit --batch' : 'batch'} ${batch}\`.`);
  }
  const args = [...options.arg, ...(rest ?? [])];
  return positionals.map((file) => ({ ...common, script: file, ...(args.length > 0 && { args }) }));
}

/** A name for the whole, for people. */
export function submissionName({ options, positionals, rest }: Pick<ParsedLine<typeof SPEC_OPTIONS>, 'options' | 'positionals' | 'rest'>): string {
  if (options.name !== undefined) return options.name;
  const [first, ...more] = positionals;
  if (options.prompt !== undefined) return options.prompt.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_NAME);
  if (first === undefined) return (rest ?? []).slice(0, 3).join(' ');
  return more.length === 0 ? path.basename(first) : `${path.basename(first)} and ${more.length} more`;
}

function commonFields(options: SpecValues): Record<string, unknown> {
  const fields = {
    type: options.type,
    priority: options.priority === undefined ? undefined : numberOrText(options.priority),
    name: options.name,
    cwd: options.cwd,
    env: options.env.length === 0 ? undefined : Object.fromEntries(options.env.map(variable)),
    files: options.file.length === 0 ? undefined : options.file.map(claim),
    after: options.after.length === 0 ? undefined : options.after.map(upstream),
    agent: options.agent,
    role: options.role,
    tags: options.tag.length === 0 ? undefined : options.tag,
    timeout: options.timeout === undefined ? undefined : numberOrText(options.timeout),
    retries: options.retries === undefined ? undefined : numberOrText(options.retries),
    cpu: options.cpu === undefined ? undefined : numberOrText(options.cpu),
    memory: options.memory === undefined ? undefined : numberOrText(options.memory),
    memoryLimit: options['memory-limit'] === undefined ? undefined : numberOrText(options['memory-limit']),
    startAt: options['start-at'],
    interactive: options.interactive ? true : undefined,
    model: options.model,
    context: options.context.length === 0 ? undefined : options.context,
    handover: options.handover,
    maxTurns: options['max-turns'] === undefined ? undefined : numberOrText(options['max-turns']),
    maxCost: options['max-cost'] === undefined ? undefined : numberOrText(options['max-cost']),
    follows: options.follows === undefined ? undefined : earlierTask(options.follows),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** What is no number goes on as it is: the spec's own check says what was expected. */
function numberOrText(text: string): number | string {
  return /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text;
}

function variable(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UserError(`Expected \`--env\` to be NAME=TEXT, got \`${text}\`.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function claim(text: string): unknown {
  if (text.startsWith('read:')) return { path: text.slice('read:'.length), mode: 'read' };
  return text.startsWith('write:') ? text.slice('write:'.length) : text;
}

function earlierTask(text: string): string {
  return /^\d+$/.test(text) ? `#${text}` : text;
}

/** Tasks of a command line have no `id` by which another could name them. */
function upstream(text: string): string {
  if (!/^#?[1-9]\d*$/.test(text)) throw new UserError(`Expected \`--after\` to be the number of a task, such as \`12\`, got \`${text}\`.`);
  return text.startsWith('#') ? text : `#${text}`;
}
