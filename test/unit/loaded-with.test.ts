import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { loadedWith } from '../../scripts/loaded-with.mjs';

test('what a bundled module imports at once is loaded with it, what it imports on use is not', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'loaded-with-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const files = {
    'main.js': 'import{a as b}from"./minified.js";import*as c from"vscode";import d from"node:fs";export{b as activate};',
    'minified.js': 'import"./effect.js";var a=()=>import("./on-use.js"),e=\'from"./text.js"\';export{a};',
    'effect.js': 'import {\n  f,\n  g\n} from "./plain.js";\nexport {\n  h\n} from "./main.js";\n',
    'plain.js': 'export const [f, g] = [1, 2];\n',
    'on-use.js': 'import{a}from"./minified.js";export{a};',
    'text.js': '',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const names = loadedWith(path.join(folder, 'main.js')).map((file) => path.basename(file));
  assert.deepEqual(names, ['main.js', 'minified.js', 'effect.js', 'plain.js']);
});
