import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileMode, unclearModes } from '../../../../src/core/config/file-mode.ts';
import { mergeConfig } from '../../../../src/core/config/merge-config.ts';
import { parseConfig } from '../../../../src/core/config/parse-config.ts';

function modeOf(...texts: readonly string[]) {
  return fileMode(mergeConfig(texts.map((text, index) => ({ file: 'parallel', path: `/lab/${index}.json`, root: '/lab', values: parseConfig('parallel', text, { cores: 8, memory: 2 ** 34 }).values }))));
}

test('the last file that says something has the word; `auto` asks for nothing', () => {
  assert.equal(modeOf('{ "maxParallel": 3 }'), undefined);
  assert.deepEqual(modeOf('{ "executionMode": "takeover" }', '{ "maxParallel": 3 }'), { mode: 'takeover', file: '/lab/0.json' });
  assert.deepEqual(modeOf('{ "executionMode": "takeover" }', '{ "executionMode": "no-agent" }'), { mode: 'no-agent', file: '/lab/1.json' });
  assert.equal(modeOf('{ "executionMode": "takeover" }', '{ "executionMode": "auto" }'), undefined);
});

test('of a file that says something that cannot be understood the word on it is unclear', () => {
  const unclear = (text: string): boolean => unclearModes([{ ...parseConfig('parallel', text, { cores: 8, memory: 2 ** 34 }), file: 'parallel', path: '/lab/0.json', root: '/lab', inForce: undefined }]).length > 0;
  assert.deepEqual(['{', '{ "executionMode": "claud" }', '{ "exekution": "takeover" }', '{ "maxParallel": "x" }', '{}'].map(unclear), [true, true, true, false, false]);
});
