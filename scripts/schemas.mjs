// Writes schemas/*.schema.json of the configuration files from the schemas that check them. A unit test tells when they are out of date.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rerunUnderSuitableNode } from './node.mjs';
import { root } from './install.mjs';

await rerunUnderSuitableNode(import.meta.url);
const { CONFIG_FILE_KEYS } = await import('../src/core/config/config-files.ts');
const { jsonSchemaOf } = await import('../src/core/config/json-schema.ts');
const { schemaPath } = await import('../src/core/config/written-config.ts');

for (const file of CONFIG_FILE_KEYS) writeFileSync(join(root, schemaPath(file)), `${JSON.stringify(jsonSchemaOf(file), null, 2)}\n`);
