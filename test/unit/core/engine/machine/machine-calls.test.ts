import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MachinePoint } from '../../../../../src/core/model/machine/machine-point.ts';
import { DEFAULT_MACHINE_SETTINGS } from '../../../../../src/core/model/machine/machine-settings.ts';
import { sh, TestEngine } from '../../../../support/test-engine.ts';
import { until } from '../../../../support/until.ts';

const EVER = { from: Date.now() - 300_000, to: Date.now() + 3_600_000 };

const history = ({ port }: TestEngine): Promise<readonly MachinePoint[]> => port.machineHistory(EVER);

test('two engines over one store keep one history, which goes on when the one that wrote it is closed', async (t) => {
  const first = await TestEngine.open(t);
  const second = await TestEngine.open(t, { home: first.home, roots: [first.workspace] });
  await first.submit(sh('sleep 60'));
  await until('the machine is watched, and the other sees it', async () => (await history(second)).length >= 3);
  const seen = await history(second);
  assert.deepEqual(seen.map(({ at }) => at), [...new Set(seen.map(({ at }) => at))].sort((a, b) => a - b));
  assert.ok(seen.every(({ lasts, cpu, cpuPeak, memory }) => lasts === 1000 && cpu >= 0 && cpu <= cpuPeak && cpuPeak <= 1 && memory > 0));
  await first.port.close();
  const closedAt = Date.now();
  await until('the other goes on', async () => (await history(second)).some(({ at }) => at > closedAt));
});

test('an engine that only looks sees the machine and its history, and writes none', async (t) => {
  const engine = await TestEngine.open(t);
  const observer = await TestEngine.open(t, { home: engine.home, runsTasks: false });
  await until('the machine was watched', async () => (await history(observer)).length >= 1);
  const sample = await observer.port.machine();
  assert.ok(sample.cores > 0 && sample.memoryTotal > 0 && sample.disk !== undefined);
});

test('how the machine is watched holds for all engines, is checked, and is not written when it stays', async (t) => {
  const engine = await TestEngine.open(t);
  const other = await TestEngine.open(t, { home: engine.home, roots: [engine.workspace] });
  const settings = { ...DEFAULT_MACHINE_SETTINGS, periodMs: 500, yieldFrom: undefined };
  const notice = (): Promise<number> => new Promise((resolve) => {
    const listening = engine.port.onDidChange(({ revision }) => {
      listening.dispose();
      resolve(revision);
    });
  });
  const first = notice();
  await engine.port.setMachineSettings(settings);
  const written = await first;
  for (const { port } of [other, engine]) await port.setMachineSettings(settings);
  await assert.rejects(engine.port.setMachineSettings({ ...settings, ceiling: 99 }), /`ceiling`/);
  const next = notice();
  for (const { port } of [other, engine]) await port.setMachineSettings(DEFAULT_MACHINE_SETTINGS);
  assert.equal(await next, written + 1, 'one change, of all that was asked for');
});

test('without shadow mode there is nothing of it to tell; with it that is told', async (t) => {
  const { port } = await TestEngine.open(t);
  const nothing = { limitedMs: 0, heldBack: 0, addedWaitMs: 0, overMs: 0, avoidableMs: 0 };
  assert.deepEqual(await port.shadow(EVER), { isOn: false, ...nothing });
  await port.setMachineSettings({ ...DEFAULT_MACHINE_SETTINGS, shadow: true });
  await until('it is in force', async () => (await port.shadow(EVER)).isOn);
});

test('what limits would have held back in shadow mode is reckoned from what was written down', async (t) => {
  const engine = await TestEngine.open(t);
  const { port } = engine;
  const always = { enter: 0.001, critical: 0.001, release: 0 };
  await port.setMachineSettings({ ...DEFAULT_MACHINE_SETTINGS, shadow: true, dwellMs: 0, thresholds: { ...DEFAULT_MACHINE_SETTINGS.thresholds, memory: always } });
  await until('the machine asks for `critical`', async () => (await port.strategy()).strategy === 'critical');
  await engine.finish(sh('sleep 1.5'));
  await until('the run, and what the machine did meanwhile, is told', async () => {
    const { heldBack, limitedMs, addedWaitMs, overMs, avoidableMs } = await port.shadow({ ...EVER, to: Date.now() });
    return heldBack === 1 && addedWaitMs > 0 && avoidableMs > 0 && avoidableMs <= overMs && overMs <= limitedMs;
  });
});
