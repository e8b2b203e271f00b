import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldersAbove, LockLedger } from '../../../../src/core/locks/lock-ledger.ts';
import { taskId } from '../../../../src/core/model/ids.ts';
import { lock } from '../../../support/scheduler/situation.ts';

test('the folders above a file go up to the root, which has none', () => {
  assert.deepEqual([...foldersAbove('/a/b/c')], ['/a/b', '/a', '/']);
  assert.deepEqual([...foldersAbove('/')], []);
  assert.deepEqual([...foldersAbove('c:/a/b')].slice(0, 2), ['c:/a', 'c:']);
});

test('a claim has no obstacle where nobody is', () => {
  const ledger = new LockLedger();
  assert.equal(ledger.obstacle(taskId(1), { key: '/a', path: '/a', mode: 'write' }), undefined);
});

test('whoever holds a file is shown, and the last who waits for it has to go first', () => {
  const ledger = new LockLedger();
  ledger.add({ ...lock(5, 'write /a'), since: undefined, position: 5 });
  ledger.add(lock(9, 'read /a/b'));
  ledger.add({ ...lock(7, 'write /a'), since: undefined, position: 7 });
  ledger.add({ ...lock(8, 'write /a'), since: undefined, position: 80 });
  const { shown, behind } = ledger.obstacle(taskId(6), { key: '/a', path: '/a', mode: 'write' }, 10)!;
  assert.deepEqual([shown.task, behind], [9, 7]);
});

test('many claims on one folder are looked through without looking at the others', () => {
  const ledger = new LockLedger();
  for (let n = 0; n < 20_000; n++) ledger.add(lock(n, `read /data/${n % 200}/${n}`));
  const started = performance.now();
  for (let n = 0; n < 2000; n++) assert.equal(ledger.obstacle(taskId(0), { key: `/other/${n}`, path: '', mode: 'write' }), undefined);
  assert.equal(ledger.obstacle(taskId(1), { key: '/data/7', path: '', mode: 'write' })?.shown.path, '/data/7/7');
  assert.ok(performance.now() - started < 1000);
});
