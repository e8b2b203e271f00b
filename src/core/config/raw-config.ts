import * as z from 'zod/mini';
import { parseBytes } from '../base/units.ts';
import { parsePriority } from '../model/priority.ts';
import { ROLE_NAME } from '../model/role.ts';
import { CONFIG_VERSION, type ConfigFile } from './config-files.ts';

/** Percent; what is never reached is above a hundred. */
const MOST_PERCENT = 101;

const text = z.string().check(z.trim(), z.minLength(1, 'expected a text that is not empty'));
const integer = (min: number, max: number) => z.number().check(z.int(`expected an integer from ${min} to ${max}`), z.gte(min, `expected an integer from ${min} to ${max}`), z.lte(max, `expected an integer from ${min} to ${max}`));
const number = (min: number, max: number) => z.number().check(z.gte(min, `expected a number from ${min} to ${max}`), z.lte(max, `expected a number from ${min} to ${max}`));
const cores = z.number().check(z.gt(0, 'expected a number of cores > 0'));
const size = z.union([z.number().check(z.gt(0, 'expected a size > 0')), z.string().check(z.refine((value) => parseBytes(value).ok, 'expected a size such as `512 MB` or a number of bytes'))]);
const priority = z.union([z.number(), z.string().check(z.refine((value) => parsePriority(value) !== undefined, 'expected a number (lower runs first), `high`, `normal` or `low`'))]);
const percent = number(0, MOST_PERCENT);
const cost = z.nullable(z.number().check(z.gt(0, 'expected an amount > 0, or `null` for no limit')));

const threshold = z.strictObject({ enter: z.optional(percent), critical: z.optional(percent), release: z.optional(percent) });
const thresholds = z.strictObject({ cpu: z.optional(threshold), memory: z.optional(threshold), disk: z.optional(threshold), pressure: z.optional(threshold) });
const samplePeriod = number(0.5, 60);

const taskType = z.strictObject({ limit: z.optional(integer(1, 1024)), cpu: z.optional(cores), memory: z.optional(size) });

const role = z.strictObject({
  label: z.optional(text),
  purpose: z.optional(text),
  priority: z.optional(priority),
  requirement: z.optional(z.strictObject({ cores: z.optional(cores), memory: z.optional(size) })),
  enabled: z.optional(z.boolean()),
  command: z.optional(z.array(z.string()).check(z.minLength(1, 'expected at least the program'))),
  options: z.optional(z.record(z.string(), z.json())),
});

const every = { $schema: z.optional(z.string()), version: z.optional(z.literal(CONFIG_VERSION)) };

/** Each file as it is written today, all fields optional. Durations are seconds, thresholds percent. */
export const RAW_CONFIG = {
  execution: z.strictObject({
    ...every,
    thresholds: z.optional(thresholds),
    samplePeriod: z.optional(samplePeriod),
    roles: z.optional(z.record(z.string().check(z.regex(ROLE_NAME, 'expected a name such as `nightly_checks`')), role)),
  }),
  parallel: z.strictObject({
    ...every,
    maxParallel: z.optional(integer(1, 1024)),
    memoryThreshold: z.optional(number(10, 100)),
    types: z.optional(z.record(z.string().check(z.regex(/^[A-Za-z][\w.-]*$/, 'expected a name of letters, digits, `_`, `-` and `.`')), taskType)),
    graceSeconds: z.optional(number(0, 3600)),
    agentOutputs: z.optional(text),
    executionMode: z.optional(z.enum(['auto', 'claude-only', 'supplement', 'takeover', 'no-agent'])),
    agents: z.optional(
      z.strictObject({
        claude: z.optional(z.strictObject({ capacity: z.optional(integer(0, 64)), model: z.optional(z.string()) })),
        autogen: z.optional(z.strictObject({ capacity: z.optional(integer(0, 64)), model: z.optional(z.string()) })),
        vscode: z.optional(z.strictObject({ capacity: z.optional(integer(0, 64)), model: z.optional(z.string()) })),
        handover: z.optional(z.enum(['allow', 'never'])),
        maxTurns: z.optional(z.nullable(integer(1, 10_000))),
        maxCost: z.optional(cost),
        maxCostPerDay: z.optional(cost),
      }),
    ),
  }),
  resource: z.strictObject({
    ...every,
    thresholds: z.optional(thresholds),
    samplePeriod: z.optional(samplePeriod),
    dwellSeconds: z.optional(number(0, 1200)),
    adaptive: z.optional(z.boolean()),
    adaptiveCeiling: z.optional(number(1, 16)),
    whenCritical: z.optional(z.enum(['wait', 'suspend', 'kill'])),
    yieldFromPriority: z.optional(z.nullable(z.number())),
    shadow: z.optional(z.boolean()),
  }),
  scheduler: z.strictObject({
    ...every,
    timeZone: z.optional(text),
    schedules: z.optional(z.array(z.record(z.string(), z.unknown()))),
  }),
} as const satisfies Record<ConfigFile, z.ZodMiniType>;
