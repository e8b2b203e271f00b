import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunInHand } from '../../../../../src/core/engine/runs/run-in-hand.ts';
import { UsageSampler } from '../../../../../src/core/engine/runs/usage-sampler.ts';
import { RunFolder } from '../../../../../src/core/process/run-folder.ts';
import { MemoryStore } from '../../../../support/memory-store.ts';
import { FakeProcessTable } from '../../../../support/process/fake-process-table.ts';
import { sampleRun } from '../../../../support/sample-run.ts';
import { ManualClock, settled } from '../../../views/manual-clock.ts';

const MIB = 2 ** 20;

function setting(t: { after(clean: () => void): void }) {
  const clock = new ManualClock(10_000);
  const table = new FakeProcessTable();
  const memory = new MemoryStore(t);
  const runs: RunInHand[] = [];
  const seen: string[] = [];
  const sampler = new UsageSampler(clock, table, () => runs, (run, { cores, memory: bytes }) => seen.push(`${clock.now() - 10_000}: run ${run.run.id} ${cores} cores ${bytes / MIB} MiB, peak ${run.peakMemory / MIB}`));
  const take = (id: number, pid: number | undefined): RunInHand => {
    const run = sampleRun({ id: id as never });
    const inHand = { task: memory.task(memory.add()), run, folder: new RunFolder(run.folder), process: pid === undefined ? undefined : { pid, start: '1' }, stopping: false, gone: false, cancelTimeout: () => undefined, wakes: new Set<() => void>(), peakMemory: 0, waitedMs: 0, cpu: undefined } as RunInHand;
    runs.push(inHand);
    return inHand;
  };
  return { clock, table, runs, seen, sampler, take };
}

test('a run is looked at often at first, then once a second', async (t) => {
  const { clock, table, seen, sampler, take } = setting(t);
  table.add(50).add(51, { parent: 50, memory: MIB });
  take(1, 50);
  sampler.wake();
  await clock.advance(4700);
  assert.deepEqual(seen.map((line) => Number.parseInt(line, 10)), [30, 100, 300, 650, 1650, 2650, 3650, 4650]);
});

test('a clock that is set back does not put looks off', async (t) => {
  const { clock, table, seen, sampler, take } = setting(t);
  table.add(50).add(51, { parent: 50, memory: MIB });
  take(1, 50);
  sampler.wake();
  await clock.advance(700);
  clock.setBack(3_600_000);
  await clock.advance(5000);
  assert.ok(seen.length >= 8, seen.join('\n'));
});

test('while tasks wait for room what runs use is known sooner', async (t) => {
  const { clock, table, seen, sampler, take } = setting(t);
  table.add(50).add(51, { parent: 50, memory: MIB });
  take(1, 50);
  sampler.wake();
  await clock.advance(1700);
  sampler.setShort(true);
  await clock.advance(1000);
  sampler.setShort(true);
  sampler.setShort(false);
  await clock.advance(2000);
  assert.deepEqual(seen.map((line) => Number.parseInt(line, 10)), [30, 100, 300, 650, 1650, 1950, 2200, 2450, 2700, 2950, 3950]);
});

test('where a look takes long there are no more of them for that', async (t) => {
  const { clock, table, seen, sampler, take } = setting(t);
  table.add(50).add(51, { parent: 50, memory: MIB });
  take(1, 50);
  const list = table.list.bind(table);
  table.list = () => new Promise((resolve) => clock.after(40, () => resolve(list())));
  sampler.wake();
  sampler.setShort(true);
  await clock.advance(4000);
  assert.deepEqual(seen.slice(4).map((line) => Number.parseInt(line, 10)), [1490, 2290, 3090, 3890]);
});

test('memory is that of all descendants without the shim; the peak is kept, also between two looks', async (t) => {
  const { clock, table, seen, sampler, take } = setting(t);
  table.add(50, { memory: 1 * MIB }).add(51, { parent: 50, memory: 10 * MIB }).add(52, { parent: 51, memory: 20 * MIB }).add(53, { group: 50, memory: 5 * MIB }).add(99, { memory: 900 * MIB });
  take(1, 50);
  sampler.wake();
  await clock.advance(30);
  table.end(52);
  table.peaks.set(51, 50 * MIB);
  await clock.advance(70);
  assert.deepEqual(seen, ['30: run 1 0 cores 35 MiB, peak 35', '100: run 1 0 cores 15 MiB, peak 50']);
});

test('cores are CPU time between two looks; a child that ends takes nothing back', async (t) => {
  const { clock, table, seen, sampler, take } = setting(t);
  table.add(50).add(51, { parent: 50, cpuMs: 1000 });
  take(1, 50);
  sampler.wake();
  await clock.advance(30);
  table.add(51, { parent: 50, cpuMs: 1140 });
  await clock.advance(70);
  table.end(51);
  await clock.advance(200);
  assert.deepEqual(seen, ['30: run 1 0 cores 0 MiB, peak 0', '100: run 1 2 cores 0 MiB, peak 0', '300: run 1 0 cores 0 MiB, peak 0']);
});

test('who waits for a core wants it, and what was waited adds up', async (t) => {
  const { clock, table, take } = setting(t);
  const wanted: number[] = [];
  table.add(50).add(51, { parent: 50, cpuMs: 0 });
  const inHand = take(1, 50);
  const sampler = new UsageSampler(clock, table, () => [inHand], (_, usage) => wanted.push(usage.wanted));
  const at = async (ms: number, cpuMs: number, waitedMs: number): Promise<void> => {
    table.add(51, { parent: 50, cpuMs });
    table.waits.set(51, waitedMs);
    await clock.advance(ms);
  };
  sampler.wake();
  await at(30, 20, 10);
  await at(70, 40, 60);
  await at(200, 190, 110);
  table.end(51);
  await clock.advance(350);
  assert.deepEqual([wanted, inHand.waitedMs], [[0, 1, 1, 0], 110]);
});

test('one look serves all runs that are due; those that have no process yet are passed over', async (t) => {
  const { clock, table, seen, sampler, take } = setting(t);
  let lists = 0;
  const list = table.list.bind(table);
  table.list = () => {
    lists++;
    return list();
  };
  table.add(50).add(60);
  take(1, 50);
  take(2, 60);
  take(3, undefined);
  sampler.wake();
  sampler.wake();
  await clock.advance(30);
  assert.deepEqual([lists, seen.length], [1, 2]);
});

test('a run that came in hand later has its early looks too', async (t) => {
  const { clock, table, seen, sampler, take } = setting(t);
  table.add(50).add(60);
  take(1, 50);
  sampler.wake();
  await clock.advance(1000);
  seen.length = 0;
  take(2, 60);
  sampler.wake();
  await clock.advance(301);
  assert.deepEqual(seen.map((line) => line.split(' ').slice(0, 3).join(' ')), ['1030: run 2', '1100: run 2', '1300: run 2']);
});

test('a look that fails is made up for by the next, one that hangs holds up no more than itself', async (t) => {
  const { clock, table, seen, sampler, take } = setting(t);
  table.add(50).add(51, { parent: 50 });
  take(1, 50);
  const list = table.list.bind(table);
  table.list = () => Promise.reject(new Error('no /proc'));
  sampler.wake();
  await clock.advance(30);
  let answer = (): void => undefined;
  table.list = () => new Promise((resolve) => (answer = () => resolve([])));
  await clock.advance(5000);
  sampler.wake();
  assert.deepEqual(seen, []);
  table.list = list;
  answer();
  await settled();
  await clock.advance(1000);
  assert.ok(seen.length >= 2);
});

test('a run that ended during a look is not told of, and without runs nobody looks', async (t) => {
  const { clock, table, runs, seen, sampler, take } = setting(t);
  table.add(50);
  const inHand = take(1, 50);
  const list = table.list.bind(table);
  table.list = () => {
    inHand.gone = true;
    runs.length = 0;
    return list();
  };
  sampler.wake();
  await clock.advance(3000);
  assert.deepEqual([seen, clock.pending], [[], 0]);
});

test('once it is disposed nobody looks', async (t) => {
  const { clock, table, seen, sampler, take } = setting(t);
  table.add(50);
  take(1, 50);
  sampler.wake();
  sampler.dispose();
  sampler.wake();
  await clock.advance(3000);
  assert.deepEqual([seen, clock.pending], [[], 0]);
});
