import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDate } from '../../../../src/core/milestones/is-date.ts';

test('a day is one that the calendar has', () => {
  for (const day of ['2030-01-31', '2028-02-29']) assert.equal(isDate(day), true, day);
  for (const text of ['2030-13-01', '2030-00-10', '2030-01-32', '2029-02-29', '2030-1-1', 'soon', '']) assert.equal(isDate(text), false, text);
});
