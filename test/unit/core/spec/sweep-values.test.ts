import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asSeeds, MOST_RUNS, parseSeeds, parseValues } from '../../../../src/core/spec/sweep-values.ts';

for (const [text, values] of [
  ['1,2,3', ['1', '2', '3']],
  ['1..4', ['1', '2', '3', '4']],
  ['0..1:0.25', ['0.00', '0.25', '0.50', '0.75', '1.00']],
  ['-1..1', ['-1', '0', '1']],
  ['-.5..0.74:0.25', ['-0.50', '-0.25', '0.00', '0.25', '0.50']],
  ['0.1..0.3:0.1', ['0.1', '0.2', '0.3']],
  ['.5..1:0.25', ['0.50', '0.75', '1.00']],
  ['1e-3..3.5E-2:1e-2', ['0.001', '0.011', '0.021', '0.031']],
  ['1e3..2e3:5e2', ['1000', '1500', '2000']],
  ['+1..3', ['1', '2', '3']],
  ['9007199254740993..9007199254740995', ['9007199254740993', '9007199254740994', '9007199254740995']],
  ['1..2:5', ['1']],
  ['small, 7..8', ['small', '7', '8']],
  ['2030-01-31,1e-3,-5,.5,a:b', ['2030-01-31', '1e-3', '-5', '.5', 'a:b']],
  ['../data,runs/../data,runs/..', ['../data', 'runs/../data', 'runs/..']],
  ['"16:9","1..5","a,b",3', ['16:9', '1..5', 'a,b', '3']],
  ['"5""","say ""1..3"""', ['5"', 'say "1..3"']],
  ['file="a,1..3"', ['file="a,1..3"']],
  ['5..5', ['5']],
  ['1..2.5', ['1', '2']],
] as const) test(`${text} means ${values.join(' ')}`, () => assert.deepEqual(parseValues(text), { ok: true, value: values }));

for (const text of ['', '1,,2', '5..1', '1..3:0', '1..100000000', '1e-99..1e99', '"x,y', '5"', '.5..1', '1e-3..1e-1']) test(`${text === '' ? 'nothing' : text} is refused`, () => assert.equal(parseValues(text).ok, false));

for (const text of ['1:3', '0:1:0.1', '.5:1', '1-3', '1...3', '0...5', '1..', '..3', '1..x', '1..3:', '5..1:-1', '..', '1 .. 5', '1.. 5', '0x1..0x3', 'a..b', '1../5', '"a"..3'])
  test(`${text} is refused as a range in another language`, () => {
    const quoted = `"${text.replaceAll('"', '""')}"`;
    assert.deepEqual(parseValues(text), { ok: false, error: `\`${text}\` is no range, though it looks like one; write \`1..5\` or, with a step, \`0..1:0.25\`, and put a value that looks like one in double quotes: \`${quoted}\`` });
    assert.deepEqual(parseValues(quoted), { ok: true, value: [text] });
  });

test('a range has as many values as a sweep may have runs, and no more', () => {
  assert.equal((parseValues(`1..${MOST_RUNS}`) as { value: readonly string[] }).value.length, MOST_RUNS);
  assert.deepEqual(parseValues(`0..${MOST_RUNS}`), { ok: false, error: `\`0..${MOST_RUNS}\` has ${MOST_RUNS + 1} values; a sweep has ${MOST_RUNS} runs at most` });
});

test('a list of a million values is read', () => {
  const listed = Array.from({ length: 1_000_000 }, (_, index) => String(index));
  const values = parseValues(listed.join(','));
  assert.ok(values.ok);
  assert.equal(values.value.length, listed.length);
});

test('seeds are whole numbers that are kept exactly', () => {
  assert.deepEqual(parseSeeds('1..3, 7,-1..1:2,+4'), { ok: true, value: ['1', '2', '3', '7', '-1', '1', '4'] });
  for (const text of ['x', '', '1,', '0.5', '0..1:0.5', '1:3', '1-3', '"1"', '9007199254740993..9007199254740995', '9007199254740992']) assert.equal(parseSeeds(text).ok, false, text);
  assert.deepEqual(asSeeds(['1', '1..3']), { ok: false, error: 'expected whole numbers from -9007199254740991 to 9007199254740991 as seeds, got `1..3`' });
});
