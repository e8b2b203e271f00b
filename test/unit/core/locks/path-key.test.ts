import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { nodePathFacts, pathKey } from '../../../../src/core/locks/path-key.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const CAN_LINK = process.platform !== 'win32';

/** `real/data.json`, and links to the folder, the file and nothing. */
function lab(t: Parameters<typeof tempFolder>[0]): string {
  const root = tempFolder(t);
  fs.mkdirSync(path.join(root, 'real', 'deep'), { recursive: true });
  fs.writeFileSync(path.join(root, 'real', 'data.json'), '{}');
  if (CAN_LINK) {
    fs.symlinkSync(path.join(root, 'real'), path.join(root, 'folder-link'));
    fs.symlinkSync('data.json', path.join(root, 'real', 'file-link'));
    fs.symlinkSync(path.join(root, 'folder-link'), path.join(root, 'link-to-link'));
    fs.symlinkSync('nothing', path.join(root, 'real', 'dangling'));
    fs.symlinkSync('loop', path.join(root, 'loop'));
  }
  return root;
}

const SAME: readonly (readonly [written: string, key: string, links?: boolean])[] = [
  ['real/data.json', 'real/data.json'],
  ['real/../real/./data.json', 'real/data.json'],
  ['real//data.json', 'real/data.json'],
  ['real/deep/../data.json', 'real/data.json'],
  ['real/', 'real'],
  ['folder-link/data.json', 'real/data.json', true],
  ['link-to-link/data.json', 'real/data.json', true],
  ['real/file-link', 'real/data.json', true],
  ['folder-link/file-link', 'real/data.json', true],
  ['real/new.json', 'real/new.json'],
  ['folder-link/new.json', 'real/new.json', true],
  ['folder-link/new/deeper/x.json', 'real/new/deeper/x.json', true],
  ['new/deeper/x.json', 'new/deeper/x.json'],
  ['real/data.json/below-a-file', 'real/data.json/below-a-file'],
  ['real/dangling', 'real/nothing', true],
  ['loop/x', 'loop/x', true],
];
for (const [written, key, links] of SAME) {
  test(`${written} is known as ${key}`, { skip: links === true && !CAN_LINK ? 'no symbolic links here' : false }, (t) => {
    const root = lab(t);
    assert.equal(pathKey(`${root}/${written}`, { ...nodePathFacts, ignoresCase: false }), path.join(root, key));
  });
}

test('a file keeps its key when it comes into being', (t) => {
  const file = path.join(lab(t), 'real', 'new.json');
  const before = pathKey(file);
  fs.writeFileSync(file, '');
  assert.equal(pathKey(file), before);
});

test('letter case counts where it does in the file system', () => {
  const facts = { realpath: (file: string): string => (file === '/' ? '/' : missing(file)), readlink: missing, isFolder: () => false };
  assert.equal(pathKey('/Data/In.CSV', { ...facts, ignoresCase: false }), '/Data/In.CSV');
  assert.equal(pathKey('/Data/In.CSV', { ...facts, ignoresCase: true }), '/data/in.csv');
  assert.equal(nodePathFacts.ignoresCase, process.platform === 'darwin' || process.platform === 'win32');
});

function missing(file: string): never {
  throw Object.assign(new Error(file), { code: 'ENOENT' });
}

test('a relative path starts where the process is, and the root is the root', () => {
  assert.equal(pathKey('x', { realpath: (file) => file, readlink: missing, isFolder: () => false, ignoresCase: false }), path.join(process.cwd(), 'x'));
  assert.equal(pathKey('/', { realpath: missing, readlink: missing, isFolder: () => false, ignoresCase: false }), path.parse(path.resolve('/')).root);
});

test('a link to a file that is not there yet has the key of that file', { skip: !CAN_LINK }, (t) => {
  const folder = lab(t);
  const target = path.join(folder, 'real', 'later.json');
  fs.symlinkSync('real/later.json', path.join(folder, 'link.json'));
  fs.symlinkSync('link.json', path.join(folder, 'link of a link.json'));
  assert.equal(pathKey(path.join(folder, 'link of a link.json')), pathKey(target));
  assert.equal(pathKey(path.join(folder, 'loop', 'x')), path.join(fs.realpathSync(folder), 'loop', 'x'));
});

test('what the system will not look at is no folder, and has a key like any file', (t) => {
  const root = lab(t);
  for (const name of [...(CAN_LINK ? ['loop', 'loop/inside'] : []), 'a\0b', 'x'.repeat(300)]) {
    const file = path.join(root, name);
    assert.equal(nodePathFacts.isFolder(file), false);
    assert.equal(typeof pathKey(file), 'string');
  }
});
