import * as z from 'zod/mini';
import { parseBytes, parseDuration } from '../base/units.ts';
import { parsePriority } from '../model/priority.ts';

const text = z.string().check(z.trim(), z.minLength(1, 'expected a text that is not empty'));
const count = z.number().check(z.gte(0, 'expected an integer ≥ 0'), z.int('expected an integer ≥ 0'));
const cores = z.number().check(z.gt(0, 'expected a number of cores > 0'));
const dollars = z.number().check(z.gt(0, 'expected US dollars > 0'));

function amount(parse: typeof parseBytes) {
  return z.pipe(
    z.union([z.number().check(z.gte(0, 'expected a number ≥ 0')), z.string()]),
    z.transform((value, context) => {
      const parsed = parse(value);
      if (parsed.ok) return parsed.value;
      context.issues.push({ code: 'custom', message: parsed.error, input: value });
      return z.NEVER;
    }),
  );
}

const priority = z.pipe(
  z.union([z.number(), z.string()]),
  z.transform((value, context) => {
    const parsed = parsePriority(value);
    if (parsed !== undefined) return parsed;
    context.issues.push({ code: 'custom', message: 'expected a number (lower runs first), `high`, `normal` or `low`', input: value });
    return z.NEVER;
  }),
);

const file = z.union([text, z.strictObject({ path: text, mode: z.enum(['read', 'write']) })]);

/** Every field of a spec as a person writes it, all optional, so that it also describes a batch's `defaults`. */
const fields = {
  script: z.optional(text),
  blender: z.optional(text),
  function: z.optional(text.check(z.regex(/^.+:[A-Za-z_$][\w$]*$/, 'expected `module:function`, such as `tools/mesh.py:volume`'))),
  command: z.optional(z.union([z.string(), z.array(z.string()).check(z.minLength(1, 'expected at least the program'), z.refine((words) => words[0]?.trim() !== '', 'expected the program first'))])),
  prompt: z.optional(text),
  runner: z.optional(text.check(z.regex(/^[a-z][\w-]*$/, 'expected the name of a runner, such as `notebook`'))),
  input: z.optional(z.json()),
  shell: z.optional(z.boolean()),
  arguments: z.optional(z.union([z.record(z.string(), z.json()), z.array(z.json())])),
  id: z.optional(text.check(z.regex(/^[^#\s][^\s]*$/, 'expected an id without spaces that does not begin with `#`'))),
  name: z.optional(text),
  args: z.optional(z.array(z.union([z.string(), z.pipe(z.number(), z.transform(String))]))),
  cwd: z.optional(text),
  env: z.optional(z.record(z.string(), z.string())),
  type: z.optional(text),
  priority: z.optional(priority),
  role: z.optional(text),
  agent: z.optional(text.check(z.regex(/^[\w.-]+$/, 'expected letters, digits, `_`, `-` and `.`, such as `AI_Agent_1`'), z.regex(/[^.]/, 'expected a name, not only dots'))),
  model: z.optional(text),
  context: z.optional(z.array(text)),
  handover: z.optional(z.enum(['allow', 'never'])),
  maxTurns: z.optional(z.number().check(z.gte(1, 'expected an integer ≥ 1'), z.int('expected an integer ≥ 1'))),
  maxCost: z.optional(dollars),
  follows: z.optional(text.check(z.regex(/^#[1-9]\d*$/, 'expected the number of an earlier prompt, such as `#12`'))),
  files: z.optional(z.array(file)),
  after: z.optional(z.array(text)),
  timeout: z.optional(amount(parseDuration).check(z.gt(0, 'expected a duration > 0'))),
  retries: z.optional(count),
  backoff: z.optional(amount(parseDuration)),
  cpu: z.optional(cores),
  memory: z.optional(amount(parseBytes)),
  memoryLimit: z.optional(amount(parseBytes).check(z.gt(0, 'expected a size > 0'))),
  tags: z.optional(z.array(text)),
  artifacts: z.optional(z.array(text)),
  interactive: z.optional(z.boolean()),
  startAt: z.optional(z.iso.datetime({ offset: true, local: true, error: 'expected a time such as `2030-01-31T08:00:00Z`' })),
  expect: z.optional(z.union([z.enum(['succeeded', 'failed']), z.strictObject({ exitCode: z.number().check(z.int('expected an integer')) })])),
  ifMissing: z.optional(z.enum(['fail', 'skip'])),
  interpreter: z.optional(text),
};

export const rawSpec = z.strictObject(fields);
export type RawSpec = z.infer<typeof rawSpec>;

/** What may stand before a prompt in a file of its own. */
export const rawFrontMatter = z.strictObject({
  ...z.pick(rawSpec, {
    name: true, agent: true, model: true, context: true, files: true, handover: true, maxTurns: true, maxCost: true, follows: true, role: true, tags: true, priority: true,
    after: true, cwd: true, env: true, timeout: true, retries: true, backoff: true, cpu: true, memory: true, memoryLimit: true, startAt: true, expect: true,
  }).shape,
  /** Another word for `maxCost`. */
  budget: z.optional(dollars),
});
export type RawFrontMatter = z.infer<typeof rawFrontMatter>;

export const rawBatch = z.strictObject({
  $schema: z.optional(z.string()),
  name: z.optional(text),
  defaults: z.optional(rawSpec),
  tasks: z.array(z.unknown()).check(z.minLength(1, 'expected at least one task')),
});

export const SPEC_FIELDS: readonly string[] = Object.keys(fields);
export const FRONT_MATTER_FIELDS: readonly string[] = Object.keys(rawFrontMatter.shape);
export const BATCH_FIELDS: readonly string[] = ['$schema', 'name', 'defaults', 'tasks'];

