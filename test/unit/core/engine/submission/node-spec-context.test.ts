import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { nodeSpecContext } from '../../../../../src/core/engine/submission/node-spec-context.ts';
import { parseSpec } from '../../../../../src/core/spec/parse-spec.ts';
import { formatProblem } from '../../../../../src/core/spec/problem.ts';
import { tempFolder } from '../../../../support/temp-folder.ts';

test('a path that the system will not even look at is a file that is not there', { skip: process.platform === 'win32' }, (t) => {
  const folder = tempFolder(t);
  fs.symlinkSync('circle.py', path.join(folder, 'circle.py'));
  const context = nodeSpecContext(folder, [], ['utility']);
  for (const script of ['circle.py', 'circle.py/inside.py', 'a\0b.py', `${'x'.repeat(300)}.py`]) {
    const parsed = parseSpec({ script }, context);
    assert.deepEqual(parsed.ok ? [] : parsed.error.map(formatProblem), [`\`script\`: there is no file \`${path.join(folder, script)}\``]);
  }
  assert.ok(!parseSpec({ command: ['true'], cwd: 'circle.py' }, context).ok);
});
