import assert from 'node:assert/strict';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { MachineMonitor } from '../../../../../src/core/engine/machine/machine-monitor.ts';
import { MachineSampler } from '../../../../../src/core/engine/machine/machine-sampler.ts';
import { SamplerRole } from '../../../../../src/core/engine/machine/sampler-role.ts';
import type { MachineSensors } from '../../../../../src/core/machine/machine-sensors.ts';
import type { EngineId } from '../../../../../src/core/model/ids.ts';
import { DEFAULT_MACHINE_SETTINGS } from '../../../../../src/core/model/machine/machine-settings.ts';
import type { MachineSample } from '../../../../../src/core/model/machine/machine-sample.ts';
import type { Strategy } from '../../../../../src/core/model/machine/strategy.ts';
import { fakeSensors } from '../../../../support/fake-sensors.ts';
import { MemoryStore } from '../../../../support/memory-store.ts';
import { tempFolder } from '../../../../support/temp-folder.ts';
import { ManualClock, settled } from '../../../views/manual-clock.ts';

const START = Date.UTC(2030, 0, 31);

/** An engine's sampler, its time and its sensors in the hands of the test. */
class Watcher {
  readonly clock: ManualClock;
  readonly memory: MemoryStore;
  readonly samples: MachineSample[] = [];
  readonly sampler: MachineSampler;
  strategy: Strategy = 'normal';
  engine: EngineId | undefined;
  lost = 0;

  constructor(t: TestContext, { clock = new ManualClock(START), file, sensors }: { clock?: ManualClock; file?: string; sensors?: Partial<MachineSensors> } = {}) {
    this.clock = clock;
    this.memory = new MemoryStore(t, file);
    const { store, log } = this.memory;
    this.engine = store.write(() => store.engines.insert({ pid: 1, pidStart: '', boot: '', kind: 'cli', roots: [], runsTasks: true, hasTerminals: false }, START));
    this.sampler = new MachineSampler({
      store, clock, log, monitor: new MachineMonitor(clock, fakeSensors(sensors)), role: new SamplerRole(store, () => this.engine), settings: () => store.settings.machine() ?? DEFAULT_MACHINE_SETTINGS,
      onSample: (sample) => this.samples.push(sample), onLost: () => this.lost++, strategy: () => this.strategy,
    });
  }

  /** Time passes, with the engine's heartbeat twice a second. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 500) {
      this.sampler.beat();
      await settled();
      await this.clock.advance(Math.min(500, left));
    }
  }

  run(): void {
    this.memory.run(this.memory.add());
  }

  points(lasts: number): number[] {
    return this.memory.store.machine.between(lasts, { from: 0, to: START * 2 }).map(({ at }) => at - START);
  }

  commits(): number {
    return Number(this.memory.database.get('SELECT total_changes() AS n')!.n);
  }
}

test('an idle machine is looked at every ten seconds, and hardly ever written down', async (t) => {
  const watcher = new Watcher(t);
  await watcher.pass(59_500);
  assert.deepEqual(watcher.samples.map(({ at }) => at - START), [0, 10_000, 20_000, 30_000, 40_000, 50_000]);
  assert.deepEqual(watcher.points(1000), [0], 'the first at once, the others together');
  await watcher.pass(20_000);
  assert.deepEqual(watcher.points(10_000), [0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
  watcher.sampler.dispose();
  assert.equal(watcher.points(1000).length, 8, 'what was gathered is written down at the end');
  assert.equal(watcher.clock.pending, 0);
});

test('while something runs it is looked at once a period, and written down every five seconds', async (t) => {
  const watcher = new Watcher(t);
  watcher.run();
  await watcher.pass(5500);
  assert.deepEqual(watcher.samples.map(({ at }) => at - START), [0, 1000, 2000, 3000, 4000, 5000]);
  assert.deepEqual(watcher.points(1000), [0, 1000, 2000, 3000, 4000, 5000]);
  await watcher.pass(4000);
  assert.equal(watcher.points(1000).length, 6);
  watcher.memory.store.write(() => watcher.memory.store.settings.setMachine({ ...DEFAULT_MACHINE_SETTINGS, periodMs: 5000 }));
  watcher.samples.length = 0;
  await watcher.pass(30_000);
  assert.equal(watcher.samples.length, 6, 'the period is a setting');
});

test('what begins to run is noticed within a heartbeat', async (t) => {
  const watcher = new Watcher(t);
  await watcher.pass(32_000);
  const calm = watcher.samples.length;
  watcher.run();
  await watcher.pass(2000);
  assert.ok(watcher.samples.length >= calm + 2);
});

test('an idle machine is looked at as often as somebody asks, and calms down when nobody does', async (t) => {
  const watcher = new Watcher(t);
  const asking = async (everyMs: number, times: number): Promise<number> => {
    watcher.samples.length = 0;
    for (let n = 0; n < times; n++) {
      watcher.sampler.asked();
      await watcher.pass(everyMs);
    }
    return watcher.samples.length;
  };
  await watcher.pass(1000);
  const [often, seldom] = [await asking(1000, 20), await asking(5000, 8)];
  assert.ok(often >= 16 && often <= 21, `${often} in 20 s`);
  assert.ok(seldom >= 7 && seldom <= 12, `${seldom} in 40 s`);
  watcher.samples.length = 0;
  await watcher.pass(60_000);
  assert.ok(watcher.samples.length <= 8, `${watcher.samples.length} in a minute`);
});

test('a strategy that holds tasks back keeps the machine watched though nothing runs', async (t) => {
  const watcher = new Watcher(t);
  watcher.strategy = 'critical';
  await watcher.pass(4500);
  assert.equal(watcher.samples.length, 5);
});

test('history is as new as a second while somebody looks at it, and tells the strategy in force', async (t) => {
  const watcher = new Watcher(t);
  await watcher.pass(500);
  watcher.sampler.history({ from: START, to: START });
  watcher.strategy = 'conserve';
  await watcher.pass(4000);
  const history = watcher.sampler.history({ from: START, to: START + 60_000 });
  assert.deepEqual(history.map(({ at, lasts, strategy }) => [at - START, lasts, strategy]), [[0, 1000, 'normal'], [1000, 1000, 'conserve'], [2000, 1000, 'conserve'], [3000, 1000, 'conserve'], [4000, 1000, 'conserve']]);
  assert.deepEqual(watcher.sampler.history({ from: START - 86_000_000, to: START + 60_000 }).map(({ at, lasts, strategy }) => [at - START, lasts, strategy]), [[0, 10_000, 'conserve']]);
});

test('one engine watches for all; another takes over when it is gone, and is told that somebody looks elsewhere', async (t) => {
  const file = path.join(tempFolder(t), 'store.sqlite');
  const first = new Watcher(t, { file });
  const second = new Watcher(t, { file, clock: first.clock });
  const both = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 500) {
      first.sampler.beat();
      second.sampler.beat();
      await settled();
      await first.clock.advance(500);
    }
  };
  await both(5000);
  assert.deepEqual([first.samples.length, second.samples.length], [1, 0]);
  second.sampler.history({ from: START, to: START });
  await both(5000);
  assert.ok(first.samples.length >= 5, 'who watches hears of it');
  assert.equal(second.samples.length, 0);
  assert.ok(second.sampler.history({ from: START, to: START + 60_000 }).length >= 4, 'and the other reads what was written');
  const { store } = first.memory;
  store.write(() => store.engines.delete(first.engine!));
  await both(1000);
  const seen = first.samples.length;
  await both(3000);
  assert.equal(first.samples.length, seen, 'who was taken for dead does not go on');
  assert.ok(second.samples.length >= 3);
});

test('an engine without a lease watches nothing and writes nothing', async (t) => {
  const watcher = new Watcher(t);
  watcher.engine = undefined;
  const before = watcher.commits();
  await watcher.pass(5000);
  watcher.sampler.history({ from: START, to: START });
  watcher.sampler.dispose();
  assert.deepEqual([watcher.samples, watcher.commits()], [[], before]);
});

test('looks never overlap, however long one takes', async (t) => {
  let looking = 0;
  let most = 0;
  const clock = new ManualClock(START);
  const watcher = new Watcher(t, {
    clock,
    sensors: {
      disk: async () => {
        most = Math.max(most, ++looking);
        await new Promise<void>((resolve) => clock.after(1700, resolve));
        looking--;
        return { free: 1, total: 2 };
      },
    },
  });
  watcher.run();
  await watcher.pass(20_000);
  assert.equal(most, 1);
  assert.ok(watcher.samples.length >= 6, String(watcher.samples.length));
});

test('a clock that is set back or forward leaves no second twice and stops nothing', async (t) => {
  const watcher = new Watcher(t);
  watcher.run();
  await watcher.pass(6000);
  watcher.clock.setBack(4000);
  await watcher.pass(10_000);
  watcher.clock.leap(7_200_000);
  await watcher.pass(6000);
  watcher.sampler.dispose();
  const seconds = watcher.points(1000);
  assert.deepEqual(seconds, [...new Set(seconds)].sort((a, b) => a - b));
  assert.ok(watcher.samples.length >= 19, `${watcher.samples.length} looks in 22 s`);
  assert.ok(seconds.at(-1)! >= 7_200_000, 'the new time is written');
});

test('a store that refuses costs a gap in the history, no more', async (t) => {
  const watcher = new Watcher(t);
  watcher.run();
  await watcher.pass(500);
  watcher.memory.database.exec('ALTER TABLE machine RENAME TO elsewhere');
  await watcher.pass(10_000);
  watcher.memory.database.exec('ALTER TABLE elsewhere RENAME TO machine');
  assert.match(watcher.memory.log.lines.join('\n'), /history could not be written/);
  await watcher.pass(10_000);
  assert.ok(watcher.points(1000).length >= 6);
});

test('an engine that was taken for dead leaves the history to whoever watches now', async (t) => {
  const watcher = new Watcher(t);
  watcher.run();
  await watcher.pass(3000);
  const { store } = watcher.memory;
  const before = watcher.points(1000);
  store.write(() => store.settings.setSampler(store.engines.insert({ pid: 2, pidStart: '', boot: '', kind: 'cli', roots: [], runsTasks: true, hasTerminals: false }, START)));
  watcher.sampler.dispose();
  assert.deepEqual(watcher.points(1000), before);
});
