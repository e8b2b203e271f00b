import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { requireSqlite } from '../../../src/cli/needed-node.ts';
import { tempFolder } from '../../support/temp-folder.ts';

void test('a Node without SQLite is refused, with the command that starts the one inside the project', (t) => {
  const root = tempFolder(t);
  const program = path.join(root, 'dist', 'cli.js');
  const refusal = { message: 'Parallel Workflow needs Node 22.13 or newer, this is 20.19.0. Install a newer Node, for example from https://nodejs.org.' };
  assert.throws(() => requireSqlite('20.19.0', program, ['list']), refusal);
  const system = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const nodeIn = (folder: string): string => {
    const bin = path.join(root, '.cache', 'node', folder, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(path.join(bin, file), '');
    return path.join(bin, file);
  };
  // One half installed, and one of another system.
  nodeIn(`${system}-24.9.0.aBcDeF`);
  nodeIn('node-aix-s390-24.9.0');
  assert.throws(() => requireSqlite('20.19.0', program, ['list']), refusal);
  const node = nodeIn(`${system}-24.9.0`);
  assert.throws(() => requireSqlite('22.12.9', program, ['run', 'my sweep.py']), {
    message: `Parallel Workflow needs Node 22.13 or newer, this is 22.12.9. There is one inside the project: ${node} ${program} run 'my sweep.py'`,
  });
});

void test('a Node with SQLite is taken', () => {
  for (const version of ['22.13.0', '22.20.1', '23.0.0', '24.9.0']) requireSqlite(version, '/lab/dist/cli.js', []);
});
