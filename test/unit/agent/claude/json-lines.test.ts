import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonLines } from '../../../../src/agent/claude/json-lines.ts';

function reading(): { readonly lines: JsonLines; readonly values: unknown[]; readonly garbage: string[] } {
  const [values, garbage]: [unknown[], string[]] = [[], []];
  return { lines: new JsonLines((value) => values.push(value), (text) => garbage.push(text)), values, garbage };
}

void test('lines are found wherever the chunks were cut', () => {
  const text = '{"a":1}\r\n\n[2]\n"drei"\nnull\n{"last":true}';
  for (let size = 1; size <= text.length; size++) {
    const { lines, values, garbage } = reading();
    for (let at = 0; at < text.length; at += size) lines.push(text.slice(at, at + size));
    lines.end();
    assert.deepEqual([values, garbage], [[{ a: 1 }, [2], 'drei', null, { last: true }], []], `in chunks of ${size}`);
  }
});

void test('what is no JSON is told by its beginning, and the next line is read', () => {
  const { lines, values, garbage } = reading();
  lines.push(`{"a":\nWarning: ${'x'.repeat(1000)}\n{"b":2}\n`);
  assert.deepEqual(values, [{ b: 2 }]);
  assert.deepEqual(garbage.map((text) => text.length), [5, 500]);
});

void test('a line beyond all measure is left out and does not fill the memory', () => {
  const { lines, values, garbage } = reading();
  const megabyte = 'x'.repeat(2 ** 20);
  lines.push('"');
  for (let n = 0; n < 40; n++) lines.push(megabyte);
  lines.push('"\n{"next":1}\n');
  assert.deepEqual(values, [{ next: 1 }]);
  assert.equal(garbage.length, 1);
});
