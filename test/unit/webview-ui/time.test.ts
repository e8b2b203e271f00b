import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TimeAxis } from '../../../webview-ui/axis/time-axis.ts';
import { timeTicks } from '../../../webview-ui/axis/time-ticks.ts';

const MINUTE = 60_000;

void test('the whole span moves with the time, a zoomed part stays', () => {
  const axis = new TimeAxis('10 min', 100 * MINUTE);
  assert.deepEqual(axis.window, { from: 90 * MINUTE, to: 100 * MINUTE });
  axis.setNow(101 * MINUTE);
  assert.deepEqual(axis.window, { from: 91 * MINUTE, to: 101 * MINUTE });
  axis.zoomTo(95 * MINUTE, 97 * MINUTE);
  axis.setNow(102 * MINUTE);
  assert.deepEqual(axis.window, { from: 95 * MINUTE, to: 97 * MINUTE });
  axis.reset();
  assert.deepEqual(axis.window, { from: 92 * MINUTE, to: 102 * MINUTE });
});

void test('zooming keeps the time under the pointer in its place and never leaves the span', () => {
  const axis = new TimeAxis('1 h', 60 * MINUTE);
  axis.zoomAround(15 * MINUTE, 0.5);
  assert.deepEqual(axis.window, { from: 7.5 * MINUTE, to: 37.5 * MINUTE });
  axis.pan(-5);
  assert.deepEqual(axis.window, { from: 0, to: 30 * MINUTE });
  axis.zoomAround(30 * MINUTE, 100);
  assert.equal(axis.look.zoom, undefined);
  axis.zoomTo(MINUTE, MINUTE + 1);
  assert.equal(axis.window.to - axis.window.from, 5000);
});

void test('the zoom of an earlier page stays, unless the span has moved past it since', () => {
  const zoom = { from: 95 * MINUTE, to: 97 * MINUTE };
  const axis = new TimeAxis('10 min', 0, zoom);
  axis.setNow(106 * MINUTE);
  assert.deepEqual(axis.window, zoom);
  axis.setNow(120 * MINUTE);
  assert.deepEqual(axis.window, zoom, 'what somebody looks at does not go away');
  for (const now of [107, 95]) {
    const late = new TimeAxis('10 min', 0, zoom);
    const heard: string[] = [];
    late.onDidChange((what) => heard.push(what));
    late.setNow(now * MINUTE);
    assert.deepEqual([late.window, heard], [{ from: (now - 10) * MINUTE, to: now * MINUTE }, ['window']]);
  }
});

void test('another span shows all of itself, and listeners hear of it', () => {
  const axis = new TimeAxis('10 min', 60 * MINUTE);
  const heard: string[] = [];
  axis.onDidChange((what) => heard.push(what));
  axis.zoomTo(51 * MINUTE, 52 * MINUTE);
  axis.setCursor(51 * MINUTE);
  axis.setCursor(51 * MINUTE);
  axis.setSpan('24 h');
  assert.deepEqual([axis.look, heard], [{ span: '24 h', zoom: undefined }, ['window', 'cursor', 'window']]);
});

void test('ticks are round, inside and no more than asked for', () => {
  for (const length of [5000, 10 * MINUTE, 60 * MINUTE, 1440 * MINUTE, 7 * 1440 * MINUTE, 90 * 1440 * MINUTE]) {
    const from = 1_779_000_123_456;
    const { step, times } = timeTicks(from, from + length, 8);
    assert.ok(times.length >= 2 && times.length <= 9, `${length}: ${times.length}`);
    assert.ok(times.every((time) => time >= from && time <= from + length && (time - new Date(time).getTimezoneOffset() * MINUTE) % Math.min(step, 1440 * MINUTE) === 0));
  }
});
