import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../../../../src/core/config/parse-config.ts';
import { effectiveText } from '../../../../src/host/configuration/effective-text.ts';

const FILE = '/lab/claude_parallel_config.json';

test('a value says who has the word on it, and what is wrong of that and holds instead', () => {
  const text = '{\n  "maxParallel": "six",\n  "max\\nParallel": 1,\n  "memoryThreshold": 80\n}';
  const { values = [], problems } = parseConfig('parallel', text, { cores: 8, memory: 2 ** 34 }, { maxParallel: 6 });
  const settings = values.map(({ key, value, place }) => ({ key, value, from: [{ type: 'file' as const, sources: [{ path: FILE, place }] }] }));
  const shown = effectiveText([...settings, { key: 'onClose', value: 'keep', from: [{ type: 'builtIn' }] }], problems.map((problem) => ({ path: FILE, problem })), 'pw', (path) => path.replace('/lab/', ''));
  assert.deepEqual(shown.split('\n').slice(1), [
    '// error: claude_parallel_config.json:3: `max Parallel`: unknown field; did you mean `maxParallel`? It is left out',
    '{',
    '  // error: claude_parallel_config.json:2: `maxParallel`: expected a number, got `"six"`; `6`, what the file said before, stays in force',
    '  // claude_parallel_config.json:2',
    '  "pw.maxParallel": 6,',
    '  // claude_parallel_config.json:4',
    '  "pw.memoryThreshold": 80,',
    '  // built in',
    '  "pw.onClose": "keep"',
    '}',
    '',
  ]);
});
