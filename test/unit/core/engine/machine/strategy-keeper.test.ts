import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimRunnable } from '../../../../../src/core/engine/claiming.ts';
import { StrategyKeeper } from '../../../../../src/core/engine/machine/strategy-keeper.ts';
import { DEFAULT_LIMITS } from '../../../../../src/core/model/limits.ts';
import type { MachineSample } from '../../../../../src/core/model/machine/machine-sample.ts';
import { DEFAULT_MACHINE_SETTINGS, type MachineSettings } from '../../../../../src/core/model/machine/machine-settings.ts';
import { engineId, type TaskId } from '../../../../../src/core/model/ids.ts';
import { MemoryStore } from '../../../../support/memory-store.ts';
import { sampleMachine } from '../../../../support/sample-machine.ts';

const START = 1_000_000;
const ROOMY = { cores: 64, memoryTotal: 1e12, memoryAvailable: 1e12 };

function setting(t: { after(clean: () => void): void }, given: Partial<MachineSettings> = {}, canPause = true) {
  const memory = new MemoryStore(t);
  const { store, ledger, log } = memory;
  const settings = { ...DEFAULT_MACHINE_SETTINGS, adaptive: false, ...given };
  const keeper = new StrategyKeeper({ store, ledger, log, settings: () => settings, canPause, onCommitted: () => undefined });
  let now = START;
  const play = (seconds: number, sample: Partial<MachineSample>): void => {
    for (let second = 0; second < seconds; second++) keeper.onSample(sampleMachine({ at: (now += 1000), cpu: 0.1, memory: 0.3, pressure: undefined, disk: undefined, ...sample }));
  };
  const claim = (): TaskId[] => {
    const claimant = { engine: engineId(1), roots: ['/lab'], hasTerminals: false, boot: 'boot-1', folderFor: ({ id }: { id: number }) => `/state/runs/${id}` };
    const claimed = store.write(() => claimRunnable(store, ledger, memory.estimates, claimant, DEFAULT_LIMITS, ROOMY, now)).claimed.map(({ task }) => task.id);
    store.write(() => claimed.forEach((id) => ledger.apply(id, { type: 'started', at: now }, now)));
    return claimed;
  };
  const statuses = (ids: readonly TaskId[]): string[] => ids.map((id) => memory.task(id).state.status);
  return { memory, keeper, play, claim, statuses, store, settings };
}

const want = (available: number): Partial<MachineSample> => ({ memory: 1 - available, memoryTotal: 10e9, memoryUsed: (1 - available) * 10e9 });

test('in conserve limits are halved and only what is urgent starts; in critical nothing does; then all as before', (t) => {
  const { memory, keeper, play, claim, store } = setting(t);
  const tasks = [5, 3, 1, 5, 5].map((priority) => memory.add({ priority, cpu: 0.1, memory: 1 }));
  play(7, want(0.12));
  assert.equal(keeper.view().strategy, 'conserve');
  assert.deepEqual(claim(), [tasks[2], tasks[1]]);
  assert.deepEqual(claim(), []);
  play(7, want(0.02));
  const late = memory.add({ priority: 1, cpu: 0.1, memory: 1 });
  assert.deepEqual([keeper.view().strategy, claim()], ['critical', []]);
  play(60, want(0.6));
  assert.deepEqual([keeper.view().strategy, claim()], ['normal', [late, tasks[0], tasks[3], tasks[4]].slice(0, 3)]);
  assert.deepEqual(store.decisions.between({ from: 0, to: START * 9 }, 99).map(({ what }) => what).filter((what) => what.includes('→')).reverse(), ['`normal` → `conserve`', '`conserve` → `critical`', '`critical` → `normal`']);
});

test('in conserve something always runs, urgent or not', (t) => {
  const { memory, play, claim } = setting(t);
  const ids = [5, 9].map((priority) => memory.add({ priority, cpu: 0.1, memory: 1 }));
  play(7, want(0.12));
  assert.deepEqual([claim(), claim()], [[ids[0]], []]);
  memory.end(ids[0]!);
  assert.deepEqual(claim(), [ids[1]]);
});

test('cores that tasks were given and use ask for nothing; what they take beyond does', (t) => {
  const { memory, keeper, play, claim, store } = setting(t);
  const ids = [5, 5].map((priority) => memory.add({ priority, cpu: 2, memory: 1 }));
  claim();
  const use = (cores: number): void => store.write(() => ids.forEach((id) => store.runs.setUsage(store.runs.latestOf(id)!.id, cores, 1, 1)));
  use(2);
  play(30, { cpu: 1, cores: 4 });
  assert.equal(keeper.view().strategy, 'normal');
  store.write(() => ids.slice(1).forEach((id) => memory.end(id)));
  use(4);
  play(30, { cpu: 1, cores: 2 });
  assert.equal(keeper.view().strategy, 'normal');
  play(30, { cpu: 1, cores: 16 });
  assert.equal(keeper.view().strategy, 'conserve');
});

test('while memory stays short the least urgent are paused one by one, but never the last, and go on when there is room', (t) => {
  const { memory, play, claim, statuses } = setting(t);
  const ids = [2, 9, 5].map((priority) => memory.add({ priority, cpu: 0.1, memory: 1 }));
  claim();
  play(6, want(0.02));
  assert.deepEqual(statuses(ids), ['running', 'paused', 'running']);
  play(4, want(0.02));
  assert.deepEqual(statuses(ids), ['running', 'paused', 'running'], 'what the first one changed must be seen before');
  play(20, want(0.02));
  assert.deepEqual(statuses(ids), ['running', 'paused', 'paused']);
  play(17, want(0.5));
  assert.deepEqual(statuses(ids), ['running', 'paused', 'running']);
  play(6, want(0.5));
  assert.deepEqual(statuses(ids), ['running', 'running', 'running']);
});

test('the last that is left goes on, however short memory is: it would wait for itself', (t) => {
  for (const given of [{}, { whenCritical: 'wait' as const }]) {
    const { memory, play, claim, statuses, settings } = setting(t);
    const ids = [2, 9].map((priority) => memory.add({ priority, cpu: 0.1, memory: 1 }));
    claim();
    play(6, want(0.02));
    Object.assign(settings, given);
    memory.end(ids[0]!);
    play(6, want(0.02));
    assert.deepEqual(statuses(ids), ['finished', 'running'], JSON.stringify(given));
  }
});

test('tasks that were paused for want of memory go on once there is some, though the disk is full', (t) => {
  const { memory, play, claim, statuses } = setting(t);
  const ids = [2, 9].map((priority) => memory.add({ priority, cpu: 0.1, memory: 1 }));
  claim();
  play(6, want(0.02));
  play(30, { ...want(0.6), disk: { free: 1, total: 100 } });
  assert.deepEqual(statuses(ids), ['running', 'running']);
});

test('tasks that are paused when limits come to be written down only go on as if there were none', (t) => {
  const { memory, play, claim, statuses, settings } = setting(t);
  const ids = [2, 9].map((priority) => memory.add({ priority, cpu: 0.1, memory: 1 }));
  claim();
  play(6, want(0.02));
  Object.assign(settings, { shadow: true });
  play(6, want(0.5));
  assert.deepEqual(statuses(ids), ['running', 'running']);
});

test('the time in a pause is counted, so that a timeout can stand still', (t) => {
  const { memory, play, claim, store } = setting(t);
  const ids = [2, 9].map((priority) => memory.add({ priority, cpu: 0.1, memory: 1 }));
  claim();
  play(6, want(0.02));
  play(30, want(0.5));
  assert.equal(memory.task(ids[1]!).state.status, 'running');
  assert.equal(store.runs.latestOf(ids[1]!)!.pausedMs, 16_000);
});

test('nobody is paused by a person’s pin, for a busy processor, where it is not wanted, or where it cannot be', (t) => {
  const cases: readonly [Partial<MachineSettings>, boolean, Partial<MachineSample>][] = [[{ whenCritical: 'wait' }, true, want(0.01)], [{}, false, want(0.01)], [{}, true, { cpu: 1 }], [{ shadow: true }, true, want(0.01)]];
  for (const [given, canPause, sample] of cases) {
    const { memory, play, claim, statuses } = setting(t, given, canPause);
    const ids = [2, 9].map((priority) => memory.add({ priority, cpu: 0.1, memory: 1 }));
    claim();
    play(60, sample);
    assert.deepEqual(statuses(ids), ['running', 'running'], JSON.stringify(given));
  }
  const { memory, keeper, play, claim, statuses } = setting(t);
  const ids = [2, 9].map((priority) => memory.add({ priority, cpu: 0.1, memory: 1 }));
  claim();
  keeper.pin('critical', START);
  play(60, {});
  assert.deepEqual([statuses(ids), keeper.view().pinned, keeper.view().strategy], [['running', 'running'], 'critical', 'critical']);
  keeper.pin(undefined, START);
  assert.deepEqual([keeper.view().pinned, keeper.view().strategy], [undefined, 'normal']);
});

test('only where a person chose it is a task ended', (t) => {
  const { memory, play, claim, statuses } = setting(t, { whenCritical: 'kill' });
  const ids = [2, 9].map((priority) => memory.add({ priority, cpu: 0.1, memory: 1 }));
  claim();
  play(6, want(0.02));
  const { state } = memory.task(ids[1]!);
  assert.deepEqual([statuses(ids), state.status === 'stopping' && state.cause.type], [['running', 'stopping'], 'memory-pressure']);
});

test('in shadow mode it is only written down what would be', (t) => {
  const { memory, keeper, play, claim, store } = setting(t, { shadow: true });
  const ids = [5, 5].map((priority) => memory.add({ priority, cpu: 0.1, memory: 1 }));
  play(7, want(0.02));
  assert.deepEqual([keeper.view().strategy, claim()], ['critical', ids]);
  assert.deepEqual(store.decisions.between({ from: 0, to: START * 9 }, 9).map(({ what }) => what), ['would be: `normal` → `critical`', 'strategies are only written down from now on']);
  assert.deepEqual(store.decisions.course({ from: 0, to: START * 9 }).map(({ strategy, isShadow }) => [strategy, isShadow]), [['normal', true], ['critical', true]]);
});

test('what a person pins while a sample is looked at stays pinned', (t) => {
  const { memory, keeper, play, store } = setting(t);
  const write = store.write.bind(store);
  play(5, want(0.12));
  // Another window's transaction comes first.
  store.write = (act) => {
    store.write = write;
    write(() => store.settings.setStrategy({ ...store.settings.strategy(), strategy: 'normal', pinned: 'normal' }));
    return write(act);
  };
  play(1, want(0.12));
  assert.deepEqual([keeper.view().pinned, keeper.view().strategy, memory.store.settings.strategy().asks.memory], ['normal', 'normal', 'conserve']);
});

test('a window that does not watch the machine lets it decide again as whoever watches it has found', (t) => {
  const { memory, keeper, play, settings, store } = setting(t);
  play(7, want(0.02));
  keeper.pin('normal', START);
  const other = new StrategyKeeper({ store, ledger: memory.ledger, log: memory.log, settings: () => settings, canPause: true, onCommitted: () => undefined });
  other.pin(undefined, START);
  assert.equal(other.view().strategy, 'critical');
});

test('who watches the machine again after another did goes on with what that one has found', (t) => {
  const { memory, keeper, play, settings, store } = setting(t);
  play(4, want(0.12));
  keeper.onLost();
  const other = new StrategyKeeper({ store, ledger: memory.ledger, log: memory.log, settings: () => settings, canPause: true, onCommitted: () => undefined });
  for (let second = 5; second < 12; second++) other.onSample(sampleMachine({ at: START + second * 1000, ...want(0.02), pressure: undefined, disk: undefined }));
  play(9, want(0.02));
  assert.equal(keeper.view().strategy, 'critical');
});

test('whoever samples next goes on with the strategy in force', (t) => {
  const { memory, play, settings, store } = setting(t);
  play(7, want(0.02));
  const next = new StrategyKeeper({ store, ledger: memory.ledger, log: memory.log, settings: () => settings, canPause: true, onCommitted: () => undefined });
  next.onSample(sampleMachine({ at: START + 8000, ...want(0.02), pressure: undefined, disk: undefined }));
  assert.equal(next.view().strategy, 'critical');
});

test('roles give way one after the other while it is short, come back in reverse order, and all of it is written down', (t) => {
  const { memory, play, store } = setting(t, { dwellMs: 5000, releaseMs: 15_000 });
  for (const role of ['agent_simulations', 'gui_testing', 'script_assessment']) memory.add({ role, cpu: 0.1, memory: 1 });
  const shut = (): string[] => store.roles.of('/lab').filter((role) => role.shut === 'givesWay').map(({ name }) => name);
  play(7, want(0.12));
  assert.deepEqual(shut(), ['script_assessment']);
  play(6, want(0.12));
  assert.deepEqual(shut(), ['gui_testing', 'script_assessment']);
  play(30, want(0.12));
  assert.deepEqual(shut(), ['gui_testing', 'script_assessment']);
  play(7, want(0.02));
  assert.deepEqual(shut(), ['agent_simulations', 'gui_testing', 'script_assessment']);
  play(80, want(0.6));
  assert.deepEqual(shut(), []);
  assert.deepEqual(store.decisions.between({ from: 0, to: START * 9 }, 99).map(({ what }) => what).filter((what) => !what.includes('→')).reverse(), [
    'Script Assessment: give way to more urgent work',
    'GUI Testing: give way to more urgent work',
    'Agent Simulations: give way to more urgent work',
    'Agent Simulations: may go on',
    'GUI Testing: may go on',
    'Script Assessment: may go on',
  ]);
});

test('in shadow mode no role gives way', (t) => {
  const { memory, play, store } = setting(t, { shadow: true });
  memory.add({ role: 'gui_testing' });
  memory.add({ role: 'script_assessment' });
  play(60, want(0.12));
  assert.deepEqual(store.roles.of('/lab').map(({ shut }) => shut), [undefined, undefined]);
});
