import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { DEFAULT_OPTIONS } from '../../../../../src/core/engine/engine-options.ts';
import { FileLocks } from '../../../../../src/core/engine/files/file-locks.ts';
import { LeaseKeeper } from '../../../../../src/core/engine/lease-keeper.ts';
import { findLeftovers } from '../../../../../src/core/engine/runs/leftovers.ts';
import type { EngineId } from '../../../../../src/core/model/ids.ts';
import { MemoryStore } from '../../../../support/memory-store.ts';
import { FakeProcessTable } from '../../../../support/process/fake-process-table.ts';
import { tempFolder } from '../../../../support/temp-folder.ts';
import { ManualClock } from '../../../views/manual-clock.ts';

/** Process ids. */
const LIVING = 700;
const DEAD = 701;
const SHIM = 900;
const RESULT = '0m0.0s 0m0.0s\n0m0.0s 0m0.0s\nexit 0\n';

interface Given {
  /** Whose run it is; nobody's when undefined. */
  readonly engine: 'living' | 'dead' | undefined;
  readonly files: Readonly<Record<string, string>>;
  readonly boot?: string;
  readonly lives?: boolean;
}

/** What somebody who only looks finds, of one run. */
async function found(t: TestContext, { engine, files, boot = 'boot-1', lives = false }: Given) {
  const memory = new MemoryStore(t);
  const { store, log } = memory;
  const clock = new ManualClock(1_000_000);
  const table = new FakeProcessTable().add(LIVING);
  if (lives) table.add(SHIM, { start: '42' });
  const enter = (pid: number): EngineId => store.engines.insert({ pid, pidStart: String(pid * 10), boot: 'boot-1', kind: 'window', roots: ['/lab'], runsTasks: true, hasTerminals: false }, clock.now());
  const owner = engine === undefined ? undefined : enter(engine === 'living' ? LIVING : DEAD);
  const folder = tempFolder(t);
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  const task = memory.add();
  const run = store.runs.insert({ task, type: 'utility', attempt: 1, engine: owner ?? enter(DEAD), folder, boot, position: 0, reservedCpu: 1, reservedMemory: 0 }, clock.now());
  if (owner === undefined) for (const lease of store.engines.all()) store.engines.delete(lease.id);
  store.write(() => memory.ledger.apply(task, { type: 'claimed', run, at: clock.now() }, clock.now()));
  const lease = new LeaseKeeper(store, table, clock, log, { ...DEFAULT_OPTIONS, home: '/state', kind: 'cli', roots: [] });
  const { ended, isForsaken } = await findLeftovers(store, lease, new FileLocks({ store, table, clock, log, engine: () => lease.id }), table);
  return [ended.length, isForsaken];
}

const running = { pid: `${SHIM} 42\n`, ticket: '' };
const cases: readonly (readonly [string, Given, readonly [number, boolean]])[] = [
  ['a run at work is none, whoever started it', { engine: undefined, files: running, lives: true }, [0, false]],
  ['a run at work whose engine has died leaves a lease', { engine: 'dead', files: running, lives: true }, [0, true]],
  ['an end that an engine is about to write down is no reason to take over', { engine: 'living', files: { ...running, result: RESULT } }, [1, false]],
  ['an end that nobody saw is', { engine: undefined, files: { ...running, result: RESULT } }, [1, true]],
  ['so is one without a result', { engine: undefined, files: running }, [1, true]],
  ['so is one before the machine was restarted, whatever has its number now', { engine: undefined, files: running, boot: 'boot-0', lives: true }, [1, true]],
  ['what an engine has claimed and not started yet is not over', { engine: 'living', files: {} }, [0, false]],
  ['what was claimed by one that has died never begins', { engine: 'dead', files: {} }, [1, true]],
];

for (const [name, given, expected] of cases) {
  void test(name, async (t) => assert.deepEqual(await found(t, given), expected));
}
