import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WaitingSaves } from '../../../../src/host/editors/waiting-saves.ts';
import { settled } from '../../views/manual-clock.ts';

function world() {
  const [locked, unsaved, changed] = [new Set(['/a']), new Set(['/a', '/b']), new Set<string>()];
  const told: string[] = [];
  const saves = new WaitingSaves({
    isLocked: (file) => locked.has(file),
    isUnsaved: (file) => unsaved.has(file),
    isUnchanged: (file) => !changed.has(file),
    save: ({ file }) => {
      told.push(`save ${file}`);
      return file === '/b' ? Promise.reject(new Error('disk full')) : Promise.resolve();
    },
    tell: ({ file }) => told.push(`written ${file}`),
    onError: (error) => told.push(String(error)),
  });
  return { saves, locked, unsaved, changed, told };
}

const file = (name: string) => ({ key: name, file: name });

test('a save waits for the end of the lock, and is done once', () => {
  const { saves, locked, told } = world();
  saves.add(file('/a'));
  saves.review();
  assert.deepEqual([told, saves.has('/a')], [[], true]);
  locked.clear();
  saves.review();
  saves.review();
  assert.deepEqual([told, saves.has('/a')], [['save /a'], false]);
});

test('what was written meanwhile is not saved over, but told', () => {
  const { saves, locked, changed, told } = world();
  saves.add(file('/a'));
  changed.add('/a');
  locked.clear();
  saves.review();
  saves.review();
  assert.deepEqual(told, ['written /a']);
});

test('a save whose changes are gone is forgotten', () => {
  const { saves, locked, unsaved, told } = world();
  saves.add(file('/a'));
  unsaved.delete('/a');
  saves.review();
  unsaved.add('/a');
  locked.clear();
  saves.review();
  assert.deepEqual(told, []);
});

test('a save that fails is told', async () => {
  const { saves, told } = world();
  saves.add(file('/b'));
  await settled();
  assert.deepEqual(told, ['save /b', 'Error: disk full']);
});
