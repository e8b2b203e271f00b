import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MachineSample } from '../../../../src/core/model/machine/machine-sample.ts';
import { DEFAULT_MACHINE_SETTINGS, type MachineSettings } from '../../../../src/core/model/machine/machine-settings.ts';
import { nextStrategy } from '../../../../src/core/strategy/next-strategy.ts';
import { calmState, type StrategyState } from '../../../../src/core/strategy/strategy-state.ts';
import { sampleMachine } from '../../../support/sample-machine.ts';
import { SeededRandom, seedFor } from '../../../support/seeded-random.ts';

const START = 1_000_000;
const settings = DEFAULT_MACHINE_SETTINGS;

/** A machine whose samples are written down beforehand, one a second. */
class ScriptedMachine {
  state: StrategyState = calmState(START);
  now = START;
  readonly changes: string[] = [];

  play(seconds: number, given: (second: number) => Partial<MachineSample>, by: MachineSettings = settings): this {
    for (let second = 0; second < seconds; second++) {
      this.now += 1000;
      const before = this.state.strategy;
      this.state = nextStrategy(this.state, sampleMachine({ at: this.now, cpu: 0.2, memory: 0.3, pressure: undefined, disk: undefined, ...given(second) }), by);
      if (this.state.strategy !== before) this.changes.push(`${(this.now - START) / 1000}: ${this.state.strategy}`);
    }
    return this;
  }
}

test('a measure over its threshold changes the strategy after the dwell time, and no sooner', () => {
  const machine = new ScriptedMachine().play(5, () => ({ memory: 0.9 }));
  assert.deepEqual(machine.changes, []);
  machine.play(1, () => ({ memory: 0.9 }));
  assert.deepEqual([machine.changes, machine.state.reasons], [['6: conserve'], [{ measure: 'memory', value: 0.9, threshold: 0.85 }]]);
});

test('it goes back after the release time, and only when the measure has fallen to its release level', () => {
  const machine = new ScriptedMachine().play(6, () => ({ memory: 0.9 })).play(60, () => ({ memory: 0.8 }));
  assert.deepEqual([machine.changes, machine.state.reasons], [['6: conserve'], [{ measure: 'memory', value: 0.8, threshold: 0.78 }]]);
  machine.play(16, () => ({ memory: 0.78 }));
  assert.deepEqual([machine.changes, machine.state.reasons], [['6: conserve', '82: normal'], []]);
});

test('a level that is set to one never reached lets go after the release time, however busy the machine stays', () => {
  const never = { ...settings, thresholds: { ...settings.thresholds, memory: { enter: 1.01, critical: 1.01, release: 0.78 } } };
  const machine = new ScriptedMachine().play(6, () => ({ memory: 0.97 })).play(14, () => ({ memory: 0.97 }), never);
  assert.deepEqual(machine.changes, ['6: critical']);
  machine.play(2, () => ({ memory: 0.97 }), never);
  assert.deepEqual(machine.changes, ['6: critical', '22: normal']);
});

test('a rising machine goes through each strategy, and a falling one back through each', () => {
  const machine = new ScriptedMachine().play(10, () => ({ memory: 0.9 })).play(10, () => ({ memory: 0.97 })).play(30, () => ({ memory: 0.8 })).play(30, () => ({ memory: 0.5 }));
  assert.deepEqual(machine.changes, ['6: conserve', '16: critical', '36: conserve', '66: normal']);
});

test('a leap leads to the strictest at once', () => {
  assert.deepEqual(new ScriptedMachine().play(10, () => ({ memory: 0.99 })).changes, ['6: critical']);
});

test('a busy processor alone is never critical; want of memory, seen as pressure, and a full disk are', () => {
  assert.equal(new ScriptedMachine().play(60, () => ({ cpu: 1 })).state.strategy, 'conserve');
  assert.equal(new ScriptedMachine().play(60, () => ({ pressure: { cpu: 1, memory: 0, io: 0 } })).state.strategy, 'normal');
  assert.equal(new ScriptedMachine().play(60, () => ({ pressure: { cpu: 0, memory: 0.9, io: 0 } })).state.strategy, 'critical');
  assert.equal(new ScriptedMachine().play(60, () => ({ disk: { free: 1, total: 100 } })).state.strategy, 'critical');
});

test('a threshold is over as soon as it is met, and what is critical stays so until it is below what leads to less', () => {
  const { enter, critical } = settings.thresholds.memory;
  assert.equal(new ScriptedMachine().play(10, () => ({ memory: enter })).state.strategy, 'conserve');
  const machine = new ScriptedMachine().play(10, () => ({ memory: critical })).play(60, () => ({ memory: enter }));
  assert.deepEqual(machine.changes, ['6: critical']);
});

test('noise around any level changes nothing', (t) => {
  const random = new SeededRandom(seedFor(t));
  for (const level of [settings.thresholds.memory.enter, settings.thresholds.memory.critical, settings.thresholds.memory.release]) {
    const machine = new ScriptedMachine().play(2000, (second) => ({ memory: second % 4 === 0 ? level - 0.03 : level + (random.next() - 0.5) * 0.06 }));
    assert.ok(machine.changes.length <= 2, `${level}: ${machine.changes.join(', ')}`);
  }
});

test('whatever a machine does, no two changes are nearer than the dwell time', (t) => {
  const random = new SeededRandom(seedFor(t));
  let memory = 0.5;
  const machine = new ScriptedMachine().play(20_000, () => {
    memory = Math.min(1, Math.max(0, memory + (random.next() - 0.5) * 0.2));
    return { memory, cpu: random.next() };
  });
  const times = machine.changes.map((change) => Number.parseInt(change, 10));
  assert.ok(times.length > 20);
  for (const [index, time] of times.entries()) assert.ok(index === 0 || time - times[index - 1]! >= settings.dwellMs / 1000, machine.changes.slice(index - 1, index + 1).join(' then '));
});

test('each level has to last by itself: one sample beyond the next does not lead there, on the way up or down', () => {
  const up = new ScriptedMachine().play(5, () => ({ memory: 0.86 })).play(1, () => ({ memory: 0.99 }));
  assert.deepEqual(up.changes, ['6: conserve']);
  assert.deepEqual(up.play(5, () => ({ memory: 0.86 })).changes, ['6: conserve']);
  const down = new ScriptedMachine().play(6, () => ({ memory: 0.99 })).play(15, () => ({ memory: 0.84 })).play(1, () => ({ memory: 0.5 }));
  assert.deepEqual(down.changes, ['6: critical', '22: conserve']);
});

test('a machine that is looked at once a minute, and a little late, is watched over as well', () => {
  const slow = { ...settings, periodMs: 60_000 };
  const machine = new ScriptedMachine();
  for (let minute = 0; minute < 3; minute++) {
    machine.now += 59_040;
    machine.play(1, () => ({ memory: 0.99 }), slow);
  }
  assert.equal(machine.state.strategy, 'critical');
});

test('guesses and what cannot be read do not decide', () => {
  assert.equal(new ScriptedMachine().play(30, () => ({ cpu: 1, estimates: ['cpu'] })).state.strategy, 'normal');
  assert.equal(new ScriptedMachine().play(30, () => ({ memory: Number.NaN, disk: { free: 0, total: 0 } })).state.strategy, 'normal');
});

test('after a clock set back, or a sleep, what was building up begins anew', () => {
  const back = new ScriptedMachine().play(4, () => ({ memory: 0.9 }));
  back.now -= 3_600_000;
  assert.deepEqual(back.play(5, () => ({ memory: 0.9 })).changes, []);
  assert.equal(back.play(1, () => ({ memory: 0.9 })).state.strategy, 'conserve');
  const asleep = new ScriptedMachine().play(4, () => ({ memory: 0.9 }));
  asleep.now += 3_600_000;
  assert.deepEqual(asleep.play(5, () => ({ memory: 0.9 })).changes, []);
});
