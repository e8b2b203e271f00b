import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBytes, parseDuration } from '../../../../src/core/base/units.ts';
import { messageOf, UserError } from '../../../../src/core/base/user-error.ts';

const SIZES: readonly (readonly [number | string, number])[] = [
  [0, 0], [1500, 1500], ['1500', 1500], ['12 b', 12], ['512 MB', 512e6], ['512MiB', 512 * 2 ** 20], ['1.5g', 1.5e9], ['2 kib', 2048], [' 3 KB ', 3000], ['0.5 TiB', 2 ** 39], ['1t', 1e12],
];
for (const [written, bytes] of SIZES) {
  test(`the size ${JSON.stringify(written)} is ${bytes} bytes`, () => assert.deepEqual(parseBytes(written), { ok: true, value: bytes }));
}

const DURATIONS: readonly (readonly [number | string, number])[] = [
  [2, 2000], [0.25, 250], ['90', 90_000], ['90s', 90_000], ['250ms', 250], ['5m', 300_000], ['5 min', 300_000], ['1.5h', 5_400_000], ['2D', 172_800_000],
];
for (const [written, ms] of DURATIONS) {
  test(`the duration ${JSON.stringify(written)} is ${ms} milliseconds`, () => assert.deepEqual(parseDuration(written), { ok: true, value: ms }));
}

for (const written of ['', 'much', '5 parsecs', '-5s', '1e3', '5m 3s', 'constructor', '5 constructor', Number.NaN, Number.POSITIVE_INFINITY, -1]) {
  test(`${JSON.stringify(written)} (${written}) is neither a size nor a duration, and the answer shows one that is`, () => {
    const size = parseBytes(written);
    const duration = parseDuration(written);
    assert.ok(!size.ok && !duration.ok);
    assert.equal(size.error, `expected a size such as \`512 MB\` or a number of bytes, got \`${written}\``);
    assert.equal(duration.error, `expected a duration such as \`90s\` or \`5m\`, or a number of seconds, got \`${written}\``);
  });
}

test('an error for people names the way out after what is wrong', () => {
  const error = new UserError('The disk is full.', 'Free some space.');
  assert.deepEqual([error.name, error.message, error.wayOut], ['UserError', 'The disk is full. Free some space.', 'Free some space.']);
  assert.equal(new UserError('No.').message, 'No.');
});

test('the message of anything thrown can be told', () => {
  assert.deepEqual([new Error('a'), 'b', 3].map(messageOf), ['a', 'b', '3']);
});
