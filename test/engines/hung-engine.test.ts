import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import type { Step } from '../../src/core/engine/checkpoint.ts';
import { EngineHome } from '../support/engines/engine-home.ts';
import { until } from '../support/until.ts';

const STEPS: readonly Step[] = ['claim', 'spawn', 'spawned', 'running', 'ended', 'recorded'];

for (const step of STEPS) {
  test(`an engine that hangs at “${step}” and comes back runs nothing twice and records nothing over the one that took over`, async (context) => {
    const home = new EngineHome();
    context.after(() => home.dispose());
    const own = home.makeFolder('own');
    const hung = await home.open({ roots: [home.workspace, own], interruption: { step, nth: 1, signal: 'SIGSTOP' } });
    const gate = home.gate('held');
    // At these steps a command has ended; before them none needs to.
    const passes = step === 'ended' || step === 'recorded';
    const specs = [
      { name: 'short', command: home.journal.command('short', { exitCode: 3 }) },
      { name: 'held', command: home.journal.command('held', { how: gate.path }) },
    ];
    void home.submit(hung, passes ? specs : specs.toReversed()).catch(() => undefined);
    await until('the engine hangs', () => isStopped(hung.pid));

    const other = await home.open();
    home.store.alter('UPDATE engines SET heartbeat_at = 0 WHERE pid = ?', hung.pid);
    const lease = home.store.leases().find(({ pid }) => pid === other.pid)!.id;
    await until('the other engine has all in hand', () => {
      const runs = home.store.runs();
      return !home.store.leases().some(({ pid }) => pid === hung.pid) && runs.length === 2 && runs.every((run) => run.ended_at !== null || (run.engine === lease && run.started_at !== null));
    });
    await until('the short one is recorded', () => home.store.tasks().some((task) => task.name === 'short' && task.status === 'finished'));
    const recorded = (): unknown => home.store.all(`SELECT runs.* FROM runs JOIN tasks ON tasks.id = runs.task WHERE tasks.name = 'short'`);
    const before = recorded();

    hung.signal('SIGCONT');
    await until('the engine is back', () => home.store.leases().some(({ pid }) => pid === hung.pid));
    gate.open();
    await until('an end of all tasks', () => home.store.unfinished() === 0);
    // When it has done work of its own, it has also come past all that it had in mind when it hung.
    const [proof] = await home.submit(hung, [{ command: home.journal.command('own') }], own);
    assert.deepEqual(await home.outcomes([proof!]), [{ type: 'succeeded' }]);

    assert.deepEqual(recorded(), before);
    assert.deepEqual(home.store.tasks().map(({ name, attempts, outcome }) => [name, attempts, outcome]).sort(), [
      ['held', 1, { type: 'succeeded' }],
      ['short', 1, { type: 'failed', reason: 'exit', code: 3 }],
      ['sh journalled.sh journal', 1, { type: 'succeeded' }],
    ].sort());
    for (const key of ['short', 'held', 'own']) assert.equal(home.journal.starts(key), 1, key);
    assert.deepEqual(await home.orphans(), []);
  });
}

function isStopped(pid: number): boolean {
  return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.startsWith('T');
}
