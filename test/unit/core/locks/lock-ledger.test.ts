import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldersAbove, LockLedger } from '../../../../src/core/locks/lock-ledger.ts';
import { holderId, holdId } from '../../../../src/core/model/ids.ts';
import { lock } from '../../../support/scheduler/situation.ts';

test('the folders above a file go up to the root, which has none', () => {
  assert.deepEqual([...foldersAbove('/a/b/c')], ['/a/b', '/a', '/']);
  assert.deepEqual([...foldersAbove('/')], []);
  assert.deepEqual([...foldersAbove('c:/a/b')].slice(0, 2), ['c:/a', 'c:']);
});

test('a claim has no obstacle where nobody is', () => {
  const ledger = new LockLedger();
  assert.equal(ledger.obstacle({ holder: holderId(1), position: 1 }, { key: '/a', glob: '', path: '/a', mode: 'write' }), undefined);
});

test('whoever holds a file is shown, and the last who waits for it has to go first', () => {
  const ledger = new LockLedger();
  ledger.add({ ...lock(5, 'write /a'), since: undefined, position: 5 });
  ledger.add(lock(9, 'read /a/b'));
  ledger.add({ ...lock(7, 'write /a'), since: undefined, position: 7 });
  ledger.add({ ...lock(8, 'write /a'), since: undefined, position: 80 });
  const { shown, behind } = ledger.obstacle({ holder: holderId(6), position: 10 }, { key: '/a', glob: '', path: '/a', mode: 'write' })!;
  assert.deepEqual([shown.holder, behind], [9, 7]);
});

test('of two with one place in line the earlier number goes first', () => {
  const ledger = new LockLedger([{ ...lock(5, 'write /a'), since: undefined, position: 5 }]);
  const behind = (holder: number): number | undefined => ledger.obstacle({ holder: holderId(holder), position: 5 }, { key: '/a', glob: '', path: '/a', mode: 'write' })?.behind;
  assert.deepEqual([behind(6), behind(4)], [5, undefined]);
});

test('what is held for whom it asks does not hold it back', () => {
  const ledger = new LockLedger([lock(5, 'write /a')]);
  const claim = { key: '/a', glob: '', path: '/a', mode: 'write' } as const;
  const claimer = { holder: holderId(-3), position: 9 };
  assert.equal(ledger.obstacle(claimer, claim)?.behind, 5);
  assert.equal(ledger.obstacle({ ...claimer, beside: holderId(5) }, claim), undefined);
});

test('many claims on one folder are looked through without looking at the others', () => {
  const ledger = new LockLedger();
  for (let n = 0; n < 20_000; n++) ledger.add(lock(n, `read /data/${n % 200}/${n}`));
  const started = performance.now();
  for (let n = 0; n < 2000; n++) assert.equal(ledger.obstacle({ holder: holderId(0), position: 0 }, { key: `/other/${n}`, glob: '', path: '', mode: 'write' }), undefined);
  assert.equal(ledger.obstacle({ holder: holderId(1), position: 0 }, { key: '/data/7', glob: '', path: '', mode: 'write' })?.shown.path, '/data/7/7');
  assert.ok(performance.now() - started < 1000);
});

const editor = { type: 'editor', id: holdId(4) } as const;
const unsaved = { holder: holderId(-4), who: editor, key: '/a', glob: '', path: '/a', mode: 'write', since: 5 } as const;
const reader = { key: '/a', glob: '', path: '/a', mode: 'read' } as const;

test('unsaved changes keep writers back, but neither readers nor those whom a person lets pass', () => {
  const ledger = new LockLedger([unsaved]);
  const claimer = { holder: holderId(1), position: 1 };
  assert.equal(ledger.obstacle(claimer, { ...reader, mode: 'write' })?.behind, -4);
  assert.equal(ledger.obstacle(claimer, reader), undefined);
  assert.equal(ledger.obstacle({ ...claimer, overEditors: true }, { ...reader, mode: 'write' }), undefined);
});

test('a glob is in the way of what it may match, and of nothing else', () => {
  const csv = { ...lock(9, 'write /data'), glob: '**/*.csv' };
  const meets = (key: string, glob = ''): boolean => new LockLedger([csv]).obstacle({ holder: holderId(1), position: 1 }, { key, glob, path: key, mode: 'write' }) !== undefined;
  assert.deepEqual(['/data/a.csv', '/data/x/y/a.csv', '/data', '/', '/data/later'].map((key) => meets(key)), [true, true, true, true, true]);
  assert.deepEqual(['/data/a.json', '/other/a.csv', '/database/a.csv'].map((key) => meets(key)), [false, false, false]);
  assert.deepEqual([meets('/data', '*.json'), meets('/data', 'a*'), meets('/', 'data/?.csv'), meets('/', '*.csv')], [false, true, true, false]);
});
