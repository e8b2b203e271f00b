import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueText } from '../../../../src/core/schedules/due-text.ts';

const AT = Date.UTC(2030, 0, 31, 22, 30);

for (const [what, zone, here, text] of [
  ['by the clocks here', 'local', 'UTC', '2030-01-31 22:30'],
  ['once where those of the schedule read the same', 'Europe/London', 'UTC', '2030-01-31 22:30'],
  ['by those of the schedule too where they read otherwise', 'UTC', 'Europe/Berlin', '2030-01-31 23:30 (22:30 in UTC)'],
  ['with the day where that is another', 'Europe/Athens', 'UTC', '2030-01-31 22:30 (2030-02-01 00:30 in Europe/Athens)'],
  ['by the clocks here alone where the zone is unknown', 'Mars/Olympus', 'UTC', '2030-01-31 22:30'],
] as const) {
  test(`a due time is told ${what}`, () => assert.equal(dueText(AT, zone, here), text));
}

test('seconds are told where there are some', () => assert.equal(dueText(AT + 1500, 'local', 'UTC'), '2030-01-31 22:30:01'));
