import * as z from 'zod/mini';
import { parseBytes } from '../base/units.ts';
import { isPromptType } from '../model/agents/agent.ts';
import { parsePriority } from '../model/priority.ts';
import { ROLE_NAME } from '../model/roles/role.ts';
import { isTimeZone } from '../schedules/time-zone.ts';
import { isFolderBelow } from '../spec/paths.ts';
import { CONFIG_VERSION, type ConfigFile } from './config-files.ts';

/** Percent; what is never reached is above a hundred. */
const MOST_PERCENT = 101;
const [LEAST_COST, MOST_COST] = [0.01, 100_000];
const COST = `expected an amount from ${LEAST_COST} to ${MOST_COST}, or \`null\` for no limit`;

/** What an editor shows of a field while somebody writes. */
function about<T extends z.ZodMiniType>(description: string, schema: T): T {
  z.globalRegistry.add(schema, { description });
  return schema;
}

const text = z.string().check(z.trim(), z.minLength(1, 'expected a text that is not empty'));
const integer = (min: number, max: number) => z.number().check(z.int(`expected an integer from ${min} to ${max}`), z.gte(min, `expected an integer from ${min} to ${max}`), z.lte(max, `expected an integer from ${min} to ${max}`));
const number = (min: number, max: number) => z.number().check(z.gte(min, `expected a number from ${min} to ${max}`), z.lte(max, `expected a number from ${min} to ${max}`));
const cores = z.number().check(z.gt(0, 'expected a number of cores > 0'));
const size = z.union([z.number().check(z.gt(0, 'expected a size > 0')), z.string().check(z.refine(isSize, 'expected a size such as `512 MB` or a number of bytes'))]);
const priority = z.union([z.number(), z.string().check(z.refine((value) => parsePriority(value) !== undefined, 'expected a number (lower runs first), `high`, `normal` or `low`'))]);
const percent = number(0, MOST_PERCENT);
const reached = z.number().check(z.gt(0, `expected a number above 0, at most ${MOST_PERCENT}`), z.lte(MOST_PERCENT, `expected a number above 0, at most ${MOST_PERCENT}`));
const cost = z.nullable(z.number().check(z.gte(LEAST_COST, COST), z.lte(MOST_COST, COST)));

const threshold = z.strictObject({
  enter: about('From here on the machine is spared: half the limits, only urgent tasks start. Percent.', z.optional(reached)),
  critical: about('From here on nothing starts. Percent; above 100 is never.', z.optional(reached)),
  release: about('Below this level things are as usual again; lower than `enter`, so that nothing flaps. Percent.', z.optional(percent)),
});
const thresholds = z.strictObject({
  cpu: about('Use of all cores by others than tasks.', z.optional(threshold)),
  memory: about('Memory in use, of what the machine or its container has.', z.optional(threshold)),
  disk: about('Space in use on the disk of the workspace.', z.optional(threshold)),
  pressure: about('Share of time in which something waits for a resource (Linux).', z.optional(threshold)),
});
const samplePeriod = about('How often the machine is looked at while something runs. Seconds.', number(0.5, 60));

const taskType = z.strictObject({
  limit: about('How many run at once on this machine.', z.optional(integer(1, 1024))),
  cpu: about('Cores that one is taken to need when nothing better is known.', z.optional(cores)),
  memory: about('Memory that one is taken to need when nothing better is known, such as `512 MB`.', z.optional(size)),
});

const typeName = z.string().check(
  z.regex(/^[A-Za-z][\w.-]*$/, 'expected a name of letters, digits, `_`, `-` and `.`'),
  z.refine((name) => !isPromptType(name), 'expected another name: prompts go by it'),
);

const role = z.strictObject({
  label: about('What people call it.', z.optional(text)),
  purpose: about('What it is for, in a sentence.', z.optional(text)),
  priority: about('Of its tasks, unless they have their own: lower runs first; `high`, `normal` and `low` are 1, 5 and 9. The least urgent roles give way first.', z.optional(priority)),
  requirement: about('What one of its tasks is taken to need when nothing better is known.', z.optional(z.strictObject({ cores: z.optional(cores), memory: z.optional(size) }))),
  enabled: about('A role that is not enabled is stopped, whoever starts it.', z.optional(z.boolean())),
  command: about('What it does when it is started: a program with its arguments, queued as a task of the role.', z.optional(z.array(z.string()).check(z.minLength(1, 'expected at least the program')))),
  options: about('Settings of its own.', z.optional(z.record(z.string(), z.json()))),
});

const every = { $schema: z.optional(z.string()), version: about('Version of the shape of this file.', z.optional(z.literal(CONFIG_VERSION))) };

/** Each file as it is written today, all fields optional. Durations are seconds, thresholds percent. */
export const RAW_CONFIG = {
  execution: z.strictObject({
    ...every,
    thresholds: z.optional(thresholds),
    samplePeriod: z.optional(samplePeriod),
    roles: about('Roles by name: changes to the built-in ones, and your own.', z.optional(z.record(z.string().check(z.regex(ROLE_NAME, 'expected a name such as `nightly_checks`')), role))),
  }),
  parallel: z.strictObject({
    ...every,
    maxParallel: about('Tasks that run at once on this machine, over all types.', z.optional(integer(1, 1024))),
    memoryThreshold: about('Share of the memory that may be filled before no more is started. Percent.', z.optional(number(10, 100))),
    types: about('Resource classes of tasks by name: changes to the built-in ones, and your own.', z.optional(z.record(typeName, taskType))),
    graceSeconds: about('Time between asking a task to stop and forcing it. Seconds.', z.optional(number(0, 3600))),
    agentOutputs: about('Folder below the workspace for the outputs of tasks that have an agent.', z.optional(text.check(z.refine(isFolderBelow, 'expected the name of a folder below the workspace folder')))),
    executionMode: about('Who carries out prompts; `auto` follows from which agents are there.', z.optional(z.enum(['auto', 'claude-only', 'supplement', 'takeover', 'no-agent']))),
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
    dwellSeconds: about('How long a level must be passed before something is done about it. Seconds.', z.optional(number(0, 1200))),
    adaptive: about('Whether limits grow step by step while the machine is idle and work waits.', z.optional(z.boolean())),
    adaptiveCeiling: about('By which factor limits grow at most.', z.optional(number(1, 16))),
    whenCritical: about('What becomes of running tasks while memory stays short.', z.optional(z.enum(['wait', 'suspend', 'kill']))),
    yieldFromPriority: about('Tasks of this priority or a less urgent one run quietly while a person is at work; `null` for none.', z.optional(z.nullable(z.number()))),
    shadow: about('Strategies are only written down, not applied.', z.optional(z.boolean())),
  }),
  scheduler: z.strictObject({
    ...every,
    timeZone: about('Of schedules that name none: an IANA name such as `Europe/Berlin`, or `local`.', z.optional(text.check(z.refine((name) => name === 'local' || isTimeZone(name), 'expected `local` or the name of a time zone, such as `Europe/Berlin`')))),
    // Each is checked by who carries them out, so that one that is wrong says nothing of the others.
    schedules: about('What is queued by itself, and when.', z.optional(z.array(z.unknown()))),
  }),
} as const satisfies Record<ConfigFile, z.ZodMiniType>;

function isSize(text: string): boolean {
  const bytes = parseBytes(text);
  return bytes.ok && bytes.value > 0;
}
