import { UserError } from '../../core/base/user-error.ts';
import { describeJsonError } from '../../core/spec/json-error.ts';

const FIELDS = ['$schema', 'name', 'defaults', 'tasks'];

/** A batch file's content as far as it can be told apart; the engine checks the tasks themselves. */
export interface BatchText {
  readonly name: string | undefined;
  readonly defaults: unknown;
  readonly tasks: readonly unknown[];
}

/** @throws UserError naming the file and what is wrong with it. */
export function readBatchText(text: string, file: string): BatchText {
  const json = text.replace(/^\ufeff/, '');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new UserError(`\`${file}\` is not valid JSON: ${describeJsonError(json)}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UserError(`Expected \`${file}\` to hold an object such as \`{ "tasks": [ … ] }\`.`);
  const { name, defaults, tasks, ...others } = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(others).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) throw new UserError(`\`${file}\` has an unknown field \`${unknown}\`; known are ${FIELDS.map((field) => `\`${field}\``).join(', ')}.`);
  if (name !== undefined && typeof name !== 'string') throw new UserError(`Expected \`name\` in \`${file}\` to be a text, got \`${JSON.stringify(name)}\`.`);
  if (!Array.isArray(tasks) || tasks.length === 0) throw new UserError(`Expected \`tasks\` in \`${file}\` to be a list with at least one task.`);
  return { name, defaults, tasks };
}
