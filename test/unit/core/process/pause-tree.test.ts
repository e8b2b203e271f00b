import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pauseTree } from '../../../../src/core/process/pause-tree.ts';
import { quietCommands } from '../../../../src/core/process/process-quiet.ts';
import { FakeProcessTable } from '../../../support/process/fake-process-table.ts';

const tree = { pid: 10, start: '100', mark: '/state/runs/1' };

test('all of a tree but its shim stands still, what is started meanwhile too, and goes on', async () => {
  const table = new FakeProcessTable().add(10).add(11, { parent: 10, group: 10 }).add(12, { parent: 11, group: 10 }).add(50);
  table.onSignal = (pid, signal) => {
    if (signal === 'SIGSTOP' && pid === 12) table.add(13, { parent: 1, group: 10 });
  };
  await pauseTree(tree, table, true);
  assert.deepEqual(table.signals.sort(), ['SIGSTOP 11', 'SIGSTOP 12', 'SIGSTOP 13']);
  table.signals.length = 0;
  await pauseTree(tree, table, false);
  assert.deepEqual(table.signals.sort(), ['SIGCONT 11', 'SIGCONT 12', 'SIGCONT 13']);
});

test('processes are made quiet in a way that can be taken back by their owner', () => {
  assert.deepEqual(quietCommands('linux', 7, true), [['chrt', '--idle', '--pid', '0', '7'], ['ionice', '-c', '3', '-p', '7']]);
  assert.deepEqual(quietCommands('linux', 7, false), [['chrt', '--other', '--pid', '0', '7'], ['ionice', '-c', '2', '-n', '4', '-p', '7']]);
  assert.deepEqual([quietCommands('darwin', 7, true), quietCommands('darwin', 7, false)], [[['taskpolicy', '-b', '-p', '7']], [['taskpolicy', '-B', '-p', '7']]]);
  assert.deepEqual(quietCommands('win32', 7, true), []);
});
