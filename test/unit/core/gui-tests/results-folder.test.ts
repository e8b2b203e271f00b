import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { UserError } from '../../../../src/core/base/user-error.ts';
import { freshReport } from '../../../../src/core/gui-tests/results-folder.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

test('a report that would fill the memory is refused by its size', async (t) => {
  const file = path.join(tempFolder(t), 'junit.xml');
  fs.writeFileSync(file, '');
  fs.truncateSync(file, 2 ** 27);
  await assert.rejects(freshReport(file, undefined), (error) => error instanceof UserError && error.message.includes('junit.xml is too large (134217728 bytes'));
});
