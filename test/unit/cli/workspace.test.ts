import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { givenWorkspace, rootAround, workspaceOf } from '../../../src/cli/workspace.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function tree(t: TestContext, ...folders: readonly string[]): string {
  const root = tempFolder(t);
  for (const folder of folders) mkdirSync(path.join(root, folder), { recursive: true });
  return root;
}

void test('the root of a live engine that contains the folder comes first, the innermost of several', (t) => {
  const root = tree(t, 'lab/.git', 'lab/deep/er');
  const at = (name: string): string => path.join(root, name);
  assert.equal(workspaceOf(at('lab/deep/er'), [root, at('lab'), at('elsewhere')]), at('lab'));
  assert.equal(workspaceOf(at('lab/deep/er'), [at('lab/deep'), root]), at('lab/deep'));
  assert.equal(workspaceOf(at('lab/deep'), [at('lab/deep/er')]), at('lab'));
});

void test('a live root is found through links, and keeps its own spelling', (t) => {
  const root = tree(t, 'real/sub');
  symlinkSync(path.join(root, 'real'), path.join(root, 'link'), 'junction');
  assert.equal(rootAround(path.join(root, 'real', 'sub'), [path.join(root, 'link')]), path.join(root, 'link'));
  assert.equal(rootAround(path.join(root, 'real-not'), [path.join(root, 'real')]), undefined);
});

for (const mark of ['.git', '.vscode']) {
  void test(`without one it is the nearest ancestor with ${mark}`, (t) => {
    const root = tree(t, `a/${mark}`, `a/b/${mark}`, 'a/b/c/d');
    assert.equal(workspaceOf(path.join(root, 'a/b/c/d'), []), path.join(root, 'a/b'));
  });
}

void test('a workspace file marks a folder too', (t) => {
  const root = tree(t, 'a/b');
  writeFileSync(path.join(root, 'a', 'lab.code-workspace'), '{}');
  assert.equal(workspaceOf(path.join(root, 'a/b'), []), path.join(root, 'a'));
});

void test('the editor\'s own folder does not make the home folder a workspace', (t) => {
  const home = tree(t, '.vscode/extensions', 'work/x');
  const folder = path.join(home, 'work/x');
  assert.equal(workspaceOf(folder, [], home), folder);
});

void test('`--workspace` names a folder that is there', (t) => {
  const root = tree(t, 'a');
  assert.equal(givenWorkspace(path.join(root, 'a')), path.join(root, 'a'));
  assert.throws(() => givenWorkspace(path.join(root, 'b'), 'name another.'), { name: 'UserError', message: `There is no folder \`${path.join(root, 'b')}\`; name another.` });
  assert.throws(() => givenWorkspace(path.join(root, 'b')), { name: 'UserError', message: `There is no folder \`${path.join(root, 'b')}\`; give \`--workspace\` the root folder of a workspace.` });
});
