import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedPart } from '../../../../src/host/agents/changed-part.ts';
import { seedFor, SeededRandom } from '../../../support/seeded-random.ts';

function applied(from: string, to: string): string {
  const { start, end, text } = changedPart(from, to);
  return from.slice(0, start) + text + from.slice(end);
}

test('only what changed is replaced', () => {
  assert.deepEqual(
    [['one two three', 'one 2 three'], ['aaa', 'aaaa'], ['aaaa', 'aa'], ['', 'x'], ['x', ''], ['same', 'same']].map(([from, to]) => changedPart(from!, to!)),
    [{ start: 4, end: 7, text: '2' }, { start: 3, end: 3, text: 'a' }, { start: 2, end: 4, text: '' }, { start: 0, end: 0, text: 'x' }, { start: 0, end: 1, text: '' }, { start: 4, end: 4, text: '' }],
  );
});

test('line ends and characters of two units stay whole', () => {
  assert.deepEqual(changedPart('a\r\nb', 'a\rx\nb'), { start: 1, end: 3, text: '\rx\n' });
  assert.deepEqual(changedPart('a\nb', 'a\r\nb'), { start: 1, end: 2, text: '\r\n' });
  assert.deepEqual(changedPart('\u{1f600}', '\u{1f601}'), { start: 0, end: 2, text: '\u{1f601}' });
});

test('whatever the texts are, one becomes the other', (t) => {
  const random = new SeededRandom(seedFor(t));
  const text = (): string => Array.from({ length: random.between(0, 8) }, () => random.pick(['a', 'b', '\r\n', '\n', '\u{1f600}', '\u{1f601}'])).join('');
  for (let round = 0; round < 5000; round++) {
    const [from, to] = [text(), text()];
    assert.equal(applied(from, to), to, JSON.stringify([from, to]));
  }
});
