import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod/mini';
import { CONFIG_FILE_KEYS, type ConfigFile } from '../../../../src/core/config/config-files.ts';
import { valueAt } from '../../../../src/core/config/config-unit.ts';
import { JsonPlaces } from '../../../../src/core/config/json-places.ts';
import { parseConfig } from '../../../../src/core/config/parse-config.ts';
import { RAW_CONFIG } from '../../../../src/core/config/raw-config.ts';

const MACHINE = { cores: 8, memory: 16 * 2 ** 30 };
const KINDS: Readonly<Record<string, unknown>> = { string: 'nonsense \u0000', number: 1.5, boolean: true, null: null, array: [], object: {} };

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly minLength?: number;
  readonly minItems?: number;
}

type Path = readonly string[];

/** All values that a schema can tell are wrong, with the path at which they stand. */
function wrongValues(schema: Schema, path: Path): [Path, unknown][] {
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => wrongValues(field, [...path, name]));
  const anyName = typeof schema.additionalProperties === 'object' && Object.keys(schema.additionalProperties).length > 0 ? wrongValues(schema.additionalProperties, [...path, 'some_name']) : [];
  const unknown: [Path, unknown][] = schema.additionalProperties === false ? [[[...path, 'nobodyKnowsThis'], 1]] : [];
  return [...wrongHere(schema).map((value): [Path, unknown] => [path, value]), ...inner, ...anyName, ...unknown];
}

function wrongHere(schema: Schema): unknown[] {
  const choices = schema.anyOf ?? [schema];
  const types = choices.flatMap(({ type, enum: values, const: only }) => type ?? (values !== undefined || only !== undefined ? [] : ['any']));
  if (types.includes('any')) return [];
  const kinds = Object.keys(KINDS).filter((kind) => !types.includes(kind) && !(kind === 'number' && types.includes('integer')));
  const bounds = choices.flatMap((choice) => [
    ...(choice.minimum === undefined ? [] : [choice.minimum - 1]),
    ...(choice.maximum === undefined ? [] : [choice.maximum + 1]),
    ...(choice.exclusiveMinimum === undefined ? [] : [choice.exclusiveMinimum]),
    ...(choice.type === 'integer' ? [(choice.minimum ?? 1) + 0.5] : []),
    ...(choice.enum === undefined && choice.const === undefined ? [] : ['nonsense']),
    ...(choice.minLength === undefined ? [] : ['  ']),
    ...(choice.minItems === undefined ? [] : [[]]),
    ...(choice.type === 'array' && choice.items?.type === 'string' ? [[7]] : []),
  ]);
  return [...kinds.map((kind) => KINDS[kind]), ...bounds];
}

function withValue(config: unknown, [name, ...rest]: Path, value: unknown): unknown {
  if (name === undefined) return value;
  const inner = (config ?? {}) as Readonly<Record<string, unknown>>;
  return { ...inner, [name]: withValue(inner[name], rest, value) };
}

function without(config: unknown, [name = '', ...rest]: Path): unknown {
  const { [name]: inner, ...others } = config as Readonly<Record<string, unknown>>;
  return rest.length === 0 || inner === undefined ? others : { ...others, [name]: without(inner, rest) };
}

/** Each field of each file, with a value that is right. */
const WHOLE: Readonly<Record<ConfigFile, Readonly<Record<string, unknown>>>> = {
  execution: {
    $schema: './schema.json',
    version: 2,
    thresholds: wholeThresholds(),
    samplePeriod: 2,
    roles: {
      some_name: { label: 'Some', purpose: 'Whatever', priority: 'low', requirement: { cores: 2, memory: '1 GB' }, enabled: true, command: ['make', 'x'], options: { a: 1 } },
      other_name: { priority: 3, enabled: false },
    },
  },
  parallel: {
    $schema: './schema.json',
    version: 2,
    maxParallel: 4,
    memoryThreshold: 70,
    types: { some_name: { limit: 2, cpu: 3, memory: '2 GB' }, other_name: { limit: 5 } },
    graceSeconds: 9,
    agentOutputs: 'out',
    executionMode: 'takeover',
    agents: { claude: { capacity: 2, model: 'a' }, autogen: { capacity: 3, model: 'b' }, vscode: { capacity: 1, model: 'c' }, handover: 'allow', maxTurns: 20, maxCost: 2, maxCostPerDay: 9 },
  },
  resource: { $schema: './schema.json', version: 2, thresholds: wholeThresholds(), samplePeriod: 2, dwellSeconds: 7, adaptive: true, adaptiveCeiling: 3, whenCritical: 'suspend', yieldFromPriority: 6, shadow: true },
  scheduler: { $schema: './schema.json', version: 2, timeZone: 'Europe/Berlin', schedules: [{ name: 'Nightly', daily: '02:00', tasks: [{ script: 'a.py' }] }] },
};

function wholeThresholds() {
  return { cpu: { enter: 80, critical: 90, release: 70 }, memory: { enter: 80, critical: 90, release: 70 }, disk: { enter: 80, critical: 90, release: 70 }, pressure: { enter: 40, critical: 60, release: 20 } };
}

function wrongIn(file: ConfigFile): readonly [Path, unknown][] {
  return wrongValues(z.toJSONSchema(RAW_CONFIG[file], { io: 'input', unrepresentable: 'any' }) as Schema, []);
}

const isWholeFile = (path: Path): boolean => path.length === 0 || path[0] === 'version';

for (const file of CONFIG_FILE_KEYS) {
  const wrong = wrongIn(file);

  test(`${file}: each of ${wrong.length} wrong values is told in its line, and what it says is left out`, () => {
    assert.ok(wrong.length > 10);
    let told = 0;
    for (const [path, value] of wrong) {
      const text = JSON.stringify(withValue(undefined, path, value), null, 2);
      const { values, said, problems } = parseConfig(file, text, MACHINE);
      const errors = problems.filter(({ severity }) => severity === 'error');
      // An older shape means something else by it.
      if (problems.some(({ severity }) => severity === 'hint')) continue;
      told++;
      assert.equal(values === undefined, isWholeFile(path), text);
      if (said !== undefined) assert.equal(valueAt(said, path), undefined, text);
      assert.ok(errors.some(({ place }) => place.line === path.length || (Array.isArray(value) && place.line === path.length + 1)), `${text}\n${JSON.stringify(errors)}`);
      const last = path.at(-1);
      if (last !== undefined) assert.ok(errors.some(({ message }) => message.includes(last)), `${text}\n${JSON.stringify(errors)}`);
    }
    assert.ok(told > wrong.length * 0.9);
  });

  test(`${file}: beside each wrong value all other fields hold, and with what was said before all of them do`, () => {
    const whole = WHOLE[file];
    const right = parseConfig(file, JSON.stringify(whole), MACHINE);
    assert.deepEqual([right.problems, right.said], [[], whole]);
    let held = 0;
    for (const [path, value] of wrong) {
      const text = JSON.stringify(withValue(whole, path, value), null, 2);
      const fresh = parseConfig(file, text, MACHINE);
      const later = parseConfig(file, text, MACHINE, whole);
      const errors = later.problems.filter(({ severity }) => severity === 'error');
      if (later.problems.some(({ severity }) => severity === 'hint')) continue;
      held++;
      const line = new JsonPlaces(text).placeAt(path).line;
      assert.ok(errors.every(({ place }) => place.line === line || (Array.isArray(value) && place.line === line + 1)), `${text}\n${JSON.stringify(errors)}`);
      if (isWholeFile(path)) {
        assert.deepEqual([fresh.values, later.values, later.said], [undefined, undefined, undefined]);
        continue;
      }
      assert.deepEqual(fresh.said, without(whole, path), text);
      assert.deepEqual(later.said, whole, text);
      assert.deepEqual(later.values!.map(({ key, value: set }) => [key, set]), right.values!.map(({ key, value: set }) => [key, set]), text);
      // Read once more, it falls back to the same.
      assert.deepEqual(parseConfig(file, text, MACHINE, later.said).said, whole, text);
    }
    assert.ok(held > wrong.length * 0.9);
  });
}
