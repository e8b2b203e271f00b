import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { CONFIG_FILE_KEYS } from '../../../../src/core/config/config-files.ts';
import { jsonSchemaOf } from '../../../../src/core/config/json-schema.ts';
import { schemaPath } from '../../../../src/core/config/written-config.ts';

const root = path.join(import.meta.dirname, '../../../..');

for (const file of CONFIG_FILE_KEYS) {
  test(`the schema of ${file} is the one that checks it; \`npm run schemas\` writes it`, () => {
    assert.deepEqual(JSON.parse(readFileSync(path.join(root, schemaPath(file)), 'utf8')), JSON.parse(JSON.stringify(jsonSchemaOf(file))));
  });

  test(`every field of ${file} is described`, () => {
    const { properties } = jsonSchemaOf(file) as { properties: Record<string, { description?: string }> };
    const bare = Object.entries(properties).filter(([name, field]) => name !== '$schema' && name !== 'thresholds' && name !== 'agents' && field.description === undefined);
    assert.deepEqual(bare.map(([name]) => name), []);
  });
}
