import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonPlaces } from '../../../../src/core/config/json-places.ts';
import { movedInFile } from '../../../../src/core/config/move-schedule.ts';

const moved = (text: string, name = 'Render', from = 14 * 60, to = 2 * 60 + 5): string | undefined => movedInFile(text, new JsonPlaces(text).value, name, from, to);

test('only the time of the schedule that is meant is written anew; comments stay', () => {
  const text = '{\n  // at night\n  "schedules": [\n    { "name": "Other", "daily": "14:00", "tasks": [] },\n    { "name": "Render", "daily": "14:00", "tasks": [{ "script": "a.py" }] }, // heavy\n  ],\n}\n';
  assert.equal(moved(text), text.replace('"Render", "daily": "14:00"', '"Render", "daily": "02:05"'));
});

for (const [shape, text, time] of [
  ['weekly', '{ "schedules": [{ "name": "Render", "weekly": { "days": ["monday"], "time": "14:00" } }] }', '14:00'],
  ['monthly', '{ "schedules": [{ "name": " Render ", "monthly": { "day": "last", "time": "14:00" } }] }', '14:00'],
  ['of an earlier version', '{ "scheduled_tasks": [{ "name": "Render", "schedule_type": "daily", "schedule_params": { "time": "14:00" }, "task_data": {} }] }', '14:00'],
  ['named by its key', '{ "scheduled_tasks": { "Render": { "schedule_type": "weekly", "schedule_params": { "day": 1, "time": "14:00" } } } }', '14:00'],
  ['named by its script', '{ "scheduled_tasks": [{ "schedule_type": "daily", "schedule_params": { "time": "14:00" }, "task_data": { "script": "Render" } }] }', '14:00'],
] as const) test(`a schedule ${shape} is moved where it stands`, () => assert.equal(moved(text), text.replace(time, '02:05')));

for (const [what, text] of [
  ['no such schedule', '{ "schedules": [{ "name": "Other", "daily": "14:00" }] }'],
  ['another time', '{ "schedules": [{ "name": "Render", "daily": "15:00" }] }'],
  ['another rule', '{ "schedules": [{ "name": "Render", "every": "15m" }] }'],
  ['nothing', ''],
  ['no object', '[1]'],
] as const) test(`a file with ${what} is left as it is`, () => assert.equal(moved(text), undefined));
