import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod/mini';
import { CONFIG_FILE_KEYS } from '../../../../src/core/config/config-files.ts';
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

function withValue([name, ...rest]: Path, value: unknown): unknown {
  return name === undefined ? value : { [name]: withValue(rest, value) };
}

for (const file of CONFIG_FILE_KEYS) {
  const schema = z.toJSONSchema(RAW_CONFIG[file], { io: 'input', unrepresentable: 'any' }) as Schema;
  const wrong = wrongValues(schema, []);
  test(`${file}: each of ${wrong.length} wrong values is told in its line, and the file sets nothing`, () => {
    assert.ok(wrong.length > 10);
    let told = 0;
    for (const [path, value] of wrong) {
      const text = JSON.stringify(withValue(path, value), null, 2);
      const { values, problems } = parseConfig(file, text, MACHINE);
      const errors = problems.filter(({ severity }) => severity === 'error');
      // What an older shape means by it is not wrong.
      if (errors.length === 0 && problems.some(({ severity }) => severity === 'hint')) continue;
      told++;
      assert.equal(values, undefined, text);
      assert.ok(errors.some(({ place }) => place.line === path.length || (Array.isArray(value) && place.line === path.length + 1)), `${text}\n${JSON.stringify(errors)}`);
      const last = path.at(-1);
      if (last !== undefined) assert.ok(errors.some(({ message }) => message.includes(last)), `${text}\n${JSON.stringify(errors)}`);
    }
    assert.ok(told > wrong.length * 0.9);
  });
}
