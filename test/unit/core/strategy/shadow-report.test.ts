import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_MACHINE_SETTINGS } from '../../../../src/core/model/machine/machine-settings.ts';
import type { MachinePoint } from '../../../../src/core/model/machine/machine-point.ts';
import type { Decision, Strategy } from '../../../../src/core/model/machine/strategy.ts';
import { shadowReport, type ShadowInput, type ShadowRun } from '../../../../src/core/strategy/shadow-report.ts';
import { watchedTime } from '../../../../src/core/strategy/watched-time.ts';
import { samplePoint } from '../../../support/sample-history.ts';

const SECOND = 1000;
const memory = [{ measure: 'memory', value: 0.9, threshold: 0.85 }] as const;

function decision(second: number, strategy: Strategy, isShadow = true): Decision {
  return { at: second * SECOND, strategy, what: '', reasons: strategy === 'normal' ? [] : memory, isShadow };
}

function run(from: number, to: number | undefined, priority = 5): ShadowRun {
  return { startedAt: from * SECOND, endedAt: to === undefined ? undefined : to * SECOND, priority };
}

/** A point a second; memory is full from 10 to 50. */
const POINTS: readonly MachinePoint[] = Array.from({ length: 100 }, (_, second) => samplePoint({ at: second * SECOND, memory: second >= 10 && second < 50 ? 0.9 : 0.5 }));

function report(given: Partial<ShadowInput>): readonly number[] {
  const { limitedMs, heldBack, addedWaitMs, overMs, avoidableMs } = shadowReport({
    isOn: true, span: { from: 0, to: 100 * SECOND }, course: [], runs: [], points: POINTS, thresholds: DEFAULT_MACHINE_SETTINGS.thresholds, urgent: 3, ...given,
  });
  return [limitedMs / SECOND, heldBack, addedWaitMs / SECOND, overMs / SECOND, avoidableMs / SECOND];
}

const LONG = run(0, 100);
const CONSERVE = [decision(20, 'conserve'), decision(60, 'normal')];

const CASES: Readonly<Record<string, readonly [given: Partial<ShadowInput>, limited: number, held: number, wait: number, over: number, avoidable: number]>> = {
  'nothing was written down': [{ runs: [LONG] }, 0, 0, 0, 0, 0],
  'a run that began meanwhile would have waited to the end of it': [{ course: CONSERVE, runs: [LONG, run(30, 40)] }, 40, 1, 30, 30, 10],
  'several waits add up, the time at work does not': [{ course: CONSERVE, runs: [LONG, run(30, 40), run(35, 45)] }, 40, 2, 55, 30, 15],
  'what began before is not held back': [{ course: CONSERVE, runs: [run(19, 90)] }, 40, 0, 0, 30, 0],
  'urgent runs begin in conserve': [{ course: CONSERVE, runs: [LONG, run(30, 40, 3)] }, 40, 0, 0, 30, 0],
  'in conserve something always runs, and that is nobody who would have waited': [{ course: CONSERVE, runs: [run(30, 40), run(35, 50), run(45, 46)] }, 40, 1, 25, 30, 15],
  'in critical nothing begins': [{ course: [decision(20, 'critical'), decision(60, 'normal')], runs: [run(30, 40, 1)] }, 40, 1, 30, 30, 10],
  'from critical to conserve the one wait goes on, for who is not urgent': [{ course: [decision(20, 'critical'), decision(40, 'conserve'), decision(60, 'normal')], runs: [LONG, run(30, 35), run(30, 35, 1)] }, 40, 2, 40, 30, 5],
  'limits that were applied are none of this': [{ course: [decision(20, 'conserve', false), decision(60, 'normal', false)], runs: [LONG, run(30, 40)] }, 0, 0, 0, 0, 0],
  'they end when limits are applied again': [{ course: [decision(20, 'conserve'), decision(40, 'conserve', false)], runs: [LONG, run(30, 45), run(41, 45)] }, 20, 1, 10, 20, 10],
  'what began before the span and has not ended counts inside it': [{ course: [decision(-500, 'conserve')], runs: [LONG, run(90, undefined)] }, 100, 1, 10, 40, 0],
  'only time in which the machine was watched counts': [{ course: CONSERVE, runs: [LONG, run(30, 40)], points: POINTS.filter(({ at }) => at < 35 * SECOND) }, 15, 1, 5, 15, 5],
  'a measure that asked for nothing is not looked at': [{ course: [{ ...decision(20, 'conserve'), reasons: [{ measure: 'disk', value: 0.95, threshold: 0.9 }] }], runs: [LONG, run(30, 40)] }, 80, 1, 70, 0, 0],
  'the span cuts off what lies outside': [{ course: CONSERVE, span: { from: 0, to: 30 * SECOND }, runs: [LONG, run(25, 40)] }, 10, 1, 5, 10, 5],
};

for (const [what, [given, ...expected]] of Object.entries(CASES)) {
  test(what, () => assert.deepEqual(report(given), expected));
}

test('ninety days with a change of strategy every few minutes are reckoned as their parts are', () => {
  const [lasts, count] = [300 * SECOND, 25_920];
  const points = Array.from({ length: count }, (_, index) => samplePoint({ at: index * lasts, lasts, memory: index % 4 < 2 ? 0.9 : 0.5 }));
  const course = Array.from({ length: count / 4 }, (_, index) => [decision(index * 1200, 'critical'), decision(index * 1200 + 600, 'normal')]).flat();
  const runs = Array.from({ length: count / 4 }, (_, index) => run(index * 1200 + 300, index * 1200 + 400));
  const given = { points, course, runs, span: { from: 0, to: count * lasts } };
  assert.deepEqual(report(given), [count / 4 * 600, count / 4, count / 4 * 300, count / 4 * 600, count / 4 * 300]);
});

test('watched time is what points cover of a while', () => {
  const watched = watchedTime([{ at: 10, lasts: 10 }, { at: 20, lasts: 10 }, { at: 50, lasts: 10 }]);
  assert.deepEqual([watched(0, 100), watched(0, 5), watched(12, 14), watched(15, 55), watched(30, 50), watched(58, 70), watched(70, 60)], [30, 0, 2, 20, 0, 2, 0]);
  assert.equal(watchedTime([])(0, 10), 0);
});
