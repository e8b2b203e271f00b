import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pathFinder } from '../../../../src/core/launch/find-program.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

function program(folder: string, name: string, mode = 0o755): string {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  fs.writeFileSync(file, '#!/bin/sh\n', { mode });
  return file;
}

test('the first folder of the PATH that has a program is taken', (t) => {
  const root = tempFolder(t);
  const [first, second] = [path.join(root, 'one'), path.join(root, 'two')];
  program(second, 'tool');
  const finder = pathFinder({ PATH: `:${first}::${second}:/no/such/folder` }, 'linux');
  assert.equal(finder.find('tool'), path.join(second, 'tool'));
  assert.equal(finder.find('other'), undefined);
});

test('what cannot be executed, or is a folder, is no program', (t) => {
  const root = tempFolder(t);
  program(root, 'plain', 0o644);
  fs.mkdirSync(path.join(root, 'folder'));
  const finder = pathFinder({ PATH: root }, 'linux');
  assert.deepEqual([finder.find('plain'), finder.find('folder'), finder.find(path.join(root, 'folder'))], [undefined, undefined, undefined]);
});

test('a path is taken as it is, and not looked for on the PATH', (t) => {
  const root = tempFolder(t);
  const tool = program(path.join(root, 'bin'), 'tool');
  const finder = pathFinder({ PATH: root }, 'linux');
  assert.deepEqual([finder.find(tool), finder.find(`${root}/bin/../bin/tool`), finder.find(path.join(root, 'none')), finder.find('bin/tool')], [tool, tool, undefined, undefined]);
});

test('a program that goes away is not found any more, and one that comes is', (t) => {
  const root = tempFolder(t);
  const finder = pathFinder({ PATH: root }, 'linux');
  assert.equal(finder.find('tool'), undefined);
  const tool = program(root, 'tool');
  assert.deepEqual([finder.find('tool'), finder.find('tool')], [tool, tool]);
  fs.rmSync(tool);
  assert.equal(finder.find('tool'), undefined);
});

test('on Windows names are tried with the extensions of PATHEXT, in its order', (t) => {
  const root = tempFolder(t);
  const [one, two] = [path.join(root, 'one'), path.join(root, 'two')];
  program(two, 'tool.CMD');
  program(two, 'tool.EXE');
  program(two, 'exact.py');
  const finder = pathFinder({ Path: `${one};${two}`, PATHEXT: '.COM;.EXE;.CMD' }, 'win32');
  assert.equal(finder.find('tool'), path.join(two, 'tool.EXE'));
  assert.equal(finder.find('tool.CMD'), path.join(two, 'tool.CMD'));
  assert.equal(finder.find('exact.py'), path.join(two, 'exact.py'));
  assert.equal(finder.find(path.join(two, 'tool')), path.join(two, 'tool.EXE'));
  assert.equal(pathFinder({ PATH: two }, 'win32').find('tool'), path.join(two, 'tool.EXE'), 'there is an order without PATHEXT, too');
});

test('without a PATH nothing is found by name', () => {
  assert.equal(pathFinder({}, 'linux').find('sh'), undefined);
});
