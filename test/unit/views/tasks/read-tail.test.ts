import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readTail } from '../../../../src/views/tasks/read-tail.ts';

void test('the end of a file is read by whole lines, however long the file is', async (context) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'read-tail-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'stderr');
  writeFileSync(file, `${'ä'.repeat(5000)}\nlast but one\nlast\n`);
  assert.deepEqual([await readTail(file, 100), await readTail(file, 1e6).then((text) => text.length), await readTail(path.join(folder, 'none'))], ['last but one\nlast\n', 5019, '']);
});
