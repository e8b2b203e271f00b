import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { sweepRuns } from '../../../../src/core/engine/retention.ts';
import { MemoryStore } from '../../../support/memory-store.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const NOW = Date.UTC(2030, 0, 31);
const DAY = 86_400_000;

/** Folders of runs, with their size and their age in days. */
function setting(t: Parameters<typeof tempFolder>[0], runs: Readonly<Record<string, readonly [bytes: number, ageDays: number]>>) {
  const home = tempFolder(t);
  for (const [name, [bytes, age]] of Object.entries(runs)) {
    const folder = path.join(home, 'runs', name);
    fs.mkdirSync(path.join(folder, 'tmp', 'deep'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'stdout'), 'x'.repeat(Math.floor(bytes / 2)));
    fs.writeFileSync(path.join(folder, 'tmp', 'deep', 'left'), 'x'.repeat(Math.ceil(bytes / 2)));
    const at = (NOW - age * DAY) / 1000;
    fs.utimesSync(folder, at, at);
  }
  const memory = new MemoryStore(t);
  const sweep = async (maxDays: number, maxBytes: number): Promise<string[]> => {
    await sweepRuns(memory.store, home, { maxAgeMs: maxDays * DAY, maxBytes }, NOW, memory.log);
    return fs.readdirSync(path.join(home, 'runs')).sort();
  };
  return { home, memory, sweep };
}

test('runs that are too old go, others stay', async (t) => {
  const { memory, sweep } = setting(t, { new: [10, 0], young: [10, 29], old: [10, 31], ancient: [10, 400] });
  assert.deepEqual(await sweep(30, 1e9), ['new', 'young']);
  assert.deepEqual(memory.log.lines, ['info Removed the files of 2 old runs']);
});

test('the oldest go until the rest fits', async (t) => {
  const { sweep } = setting(t, { a: [60, 1], b: [30, 2], c: [20, 3], d: [5, 4] });
  assert.deepEqual(await sweep(30, 95), ['a', 'b']);
});

test('an older run is never kept in the place of a newer one, however small it is', async (t) => {
  const { sweep } = setting(t, { huge: [500, 1], small: [5, 2] });
  assert.deepEqual(await sweep(30, 100), []);
});

test('nothing goes when all fits, and nobody hears of it', async (t) => {
  const { memory, sweep } = setting(t, { a: [60, 1], b: [40, 2] });
  assert.deepEqual([await sweep(30, 100), memory.log.lines], [['a', 'b'], []]);
});

test('a run that is not over stays, whatever its age and size', async (t) => {
  const { home, memory, sweep } = setting(t, { active: [1000, 400], old: [10, 31] });
  const id = memory.add();
  memory.run(id);
  memory.database.run('UPDATE runs SET folder = ? WHERE task = ?', path.join(home, 'runs', 'active'), id);
  assert.deepEqual(await sweep(30, 100), ['active']);
});

test('what the store knows of a run stays when its files go', async (t) => {
  const { home, memory, sweep } = setting(t, { old: [10, 31] });
  const id = memory.add();
  memory.finish(id);
  memory.database.run('UPDATE runs SET folder = ? WHERE task = ?', path.join(home, 'runs', 'old'), id);
  assert.deepEqual(await sweep(30, 100), []);
  assert.equal(memory.store.runs.latestOf(id)?.exitCode, 0);
});

test('what a prompt that waits may go on with stays, however old it is', async (t) => {
  const { home, memory, sweep } = setting(t, { own: [10, 99], followed: [10, 99], over: [10, 99] });
  const prompt = (follows?: number) => memory.add({ type: 'prompt', work: { kind: 'prompt', prompt: 'Go', agent: 'auto', context: [], ...(follows !== undefined && { follows }) } });
  const [waits, first, over] = [prompt(), prompt(), prompt()];
  prompt(first);
  for (const [id, name] of [[waits, 'own'], [first, 'followed'], [over, 'over']] as const) {
    memory.finish(id);
    memory.database.run('UPDATE runs SET folder = ? WHERE task = ?', path.join(home, 'runs', name), id);
  }
  memory.store.write(() => memory.ledger.requeue(memory.task(waits), NOW));
  assert.deepEqual(await sweep(30, 1e9), ['followed', 'own']);
});
