import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_LIMITS } from '../../../../src/core/model/limits.ts';
import { DEFAULT_MACHINE_SETTINGS } from '../../../../src/core/model/machine/machine-settings.ts';
import { taskId } from '../../../../src/core/model/ids.ts';
import { applyStrategy } from '../../../../src/core/strategy/apply-strategy.ts';
import { choosePause, chooseResume, type RunAtWork } from '../../../../src/core/strategy/choose-pause.ts';
import { nextGrowth } from '../../../../src/core/strategy/next-growth.ts';
import { calmState } from '../../../../src/core/strategy/strategy-state.ts';
import { sampleMachine } from '../../../support/sample-machine.ts';

const settings = DEFAULT_MACHINE_SETTINGS;
const run = (id: number, priority: number, startedAt: number, isPaused = false): RunAtWork => ({ id: taskId(id), priority, startedAt, memory: 1, isPaused });

test('the least urgent is paused first, of equals the youngest, and the last at work never', () => {
  const runs = [run(1, 5, 10), run(2, 9, 20), run(3, 9, 30), run(4, 1, 40)];
  const order: number[] = [];
  for (let left = runs; ; ) {
    const victim = choosePause(left);
    if (victim === undefined) break;
    order.push(victim.id);
    left = left.map((one) => (one === victim ? { ...one, isPaused: true } : one));
  }
  assert.deepEqual(order, [3, 2, 1]);
});

test('the most urgent goes on first, when there is room, or when nothing else is at work', () => {
  const runs = [run(1, 5, 10, true), run(2, 2, 20, true), run(3, 5, 30)];
  assert.equal(chooseResume(runs, true)?.id, 2);
  assert.equal(chooseResume(runs, false), undefined);
  assert.equal(chooseResume(runs.slice(0, 2), false)?.id, 2);
  assert.equal(chooseResume(runs.slice(2), true), undefined);
});

test('limits are halved in conserve, nothing starts in critical, and what is exclusive stays so', () => {
  const limitsOf = (strategy: 'normal' | 'conserve' | 'critical', growth = 1): number[] => {
    const { total, types } = applyStrategy(DEFAULT_LIMITS, strategy, growth);
    return [total, ...types.map(({ limit }) => limit)];
  };
  assert.deepEqual(limitsOf('normal'), [11, 1, 2, 3, 5]);
  assert.deepEqual(limitsOf('conserve', 2), [5, 1, 1, 1, 2]);
  assert.equal(limitsOf('critical')[0], 0);
  assert.deepEqual(limitsOf('normal', 1.5), [16, 1, 3, 4, 7]);
  assert.deepEqual(limitsOf('normal', 2), [22, 1, 4, 6, 10]);
});

test('limits grow step by step while the machine is idle and work waits, and shrink again', () => {
  const grown: number[] = [];
  let state = calmState(0);
  const play = (seconds: number, cpu: number, waits: boolean): void => {
    for (let second = 0; second < seconds; second++) {
      const at = state.sampledAt + 1000;
      state = nextGrowth({ ...state, sampledAt: at }, sampleMachine({ at, cpu, memory: 0.3 }), settings, waits);
      if (grown.at(-1) !== state.growth) grown.push(state.growth);
    }
  };
  play(120, 0.2, true);
  assert.deepEqual(grown, [1, 1.25, 1.5, 1.75, 2]);
  play(15, 0.8, true);
  assert.deepEqual(grown.slice(5), [1.75, 1.5]);
  play(60, 0.65, true);
  assert.equal(state.growth, 1.5, 'between idle and near it stays');
  play(25, 0.1, false);
  assert.equal(state.growth, 1, 'nobody needs it');
  play(15, 0.1, true);
  state = nextGrowth({ ...state, strategy: 'conserve' }, sampleMachine({ at: state.sampledAt }), settings, true);
  assert.equal(state.growth, 1);
  assert.equal(nextGrowth(calmState(0), sampleMachine({ at: 60_000, cpu: 0 }), { ...settings, adaptive: false }, true).growth, 1);
});

test('a clock that was set back does not put a step off', () => {
  const ahead = { ...calmState(3_600_000), growthAt: 3_600_000 };
  assert.equal(nextGrowth(ahead, sampleMachine({ at: 1000, cpu: 0, memory: 0 }), settings, true).growth, 1.25);
});
