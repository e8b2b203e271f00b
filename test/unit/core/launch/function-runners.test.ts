import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import type { Json } from '../../../../src/core/base/json.ts';
import { commandLine } from '../../../../src/core/launch/command-line.ts';
import { pathFinder } from '../../../../src/core/launch/find-program.ts';
import { findPython } from '../../../../src/core/launch/python-interpreter.ts';
import { sampleSpec } from '../../../support/sample-spec.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const finder = pathFinder();
/** The interpreter itself: what the PATH finds may be a slow script in front of it. */
const python = spawnSync(findPython(undefined, '/', finder, process.platform) ?? 'python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).stdout?.trim();

interface Called {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What is in the result file; `undefined` when there is none. */
  readonly result: string | undefined;
}

/** Calls a function as a task would, in a folder with these files. */
async function call(t: Parameters<typeof tempFolder>[0], files: Readonly<Record<string, string>>, module: string, name: string, given: Json): Promise<Called> {
  const folder = tempFolder(t);
  for (const [file, source] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), source);
  }
  const [argumentsFile, resultFile] = [path.join(folder, 'arguments in.json'), path.join(folder, 'result out.json')];
  fs.writeFileSync(argumentsFile, JSON.stringify(given));
  const isPath = /\.(?:py|mjs|cjs)$/.test(module);
  const spec = sampleSpec({ work: { kind: 'function', module: isPath ? path.join(folder, module) : module, name, arguments: given }, args: ['extra'] });
  const line = commandLine(spec, { workspace: folder, programs: { ...(python !== undefined && { python }) }, finder, platform: process.platform, ownNode: process.execPath, argumentsFile, resultFile });
  assert.ok(line.ok, JSON.stringify(line));
  const [program = '', ...args] = line.value.argv;
  const child = spawn(program, args, { cwd: folder, env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  assert.equal(fs.existsSync(`${resultFile}.part`), false, 'no half of a result is left');
  return { status, stdout, stderr, result: fs.existsSync(resultFile) ? fs.readFileSync(resultFile, 'utf8') : undefined };
}

describe('a Python function', { concurrency: 4, timeout: 60_000, skip: python === undefined || python === '' ? 'there is no Python' : false }, () => {
  const source = `
import sys
from neighbour import FACTOR
def area(width, height=2, **more):
    print('measuring')
    return {'area': width * height * FACTOR, 'more': more, 'name': 'ä', 'argv': sys.argv[1:]}
def nothing(): pass
def odd(): return object()
def broken(): raise ValueError('no mesh')
constant = 3
`;
  const files = { 'lib/mesh.py': source, 'lib/neighbour.py': 'FACTOR = 10\n', 'pkg/__init__.py': '', 'pkg/mesh.py': 'def volume(a, b): return [a, b]\n' };
  const inMesh = (t: Parameters<typeof tempFolder>[0], name: string, given: Json): Promise<Called> => call(t, files, 'lib/mesh.py', name, given);

  test('takes an object as keyword arguments and leaves its result as JSON', async (t) => {
    const { status, stdout, result } = await inMesh(t, 'area', { width: 3, height: 4, note: '漢' });
    assert.deepEqual([status, stdout.trim(), JSON.parse(result!)], [0, 'measuring', { area: 120, more: { note: '漢' }, name: 'ä', argv: [] }]);
  });

  test('takes a list as positional arguments', async (t) => {
    const { result } = await inMesh(t, 'area', [3]);
    assert.equal((JSON.parse(result!) as { area: number }).area, 60);
  });

  test('may come from a module by name, found from the working folder', async (t) => {
    const { status, result } = await call(t, files, 'pkg.mesh', 'volume', [1, 'x']);
    assert.deepEqual([status, result], [0, '[1, "x"]\n']);
  });

  test('that returns nothing leaves null', async (t) => assert.equal((await inMesh(t, 'nothing', {})).result, 'null\n'));

  for (const [name, given, said] of [
    ['aera', {}, /There is no function 'aera' in .*mesh\.py/],
    ['constant', {}, /There is no function 'constant' in .*mesh\.py/],
    ['odd', {}, /The result of 'odd' cannot be written as JSON: .*object/],
    ['broken', {}, /ValueError: no mesh/],
    ['area', { hight: 1 }, /missing 1 required positional argument: 'width'/],
  ] as const) {
    test(`fails, says why, and leaves no result: ${name} with ${JSON.stringify(given)}`, async (t) => {
      const { status, stderr, result } = await inMesh(t, name, given);
      assert.deepEqual([status, result], [1, undefined]);
      assert.match(stderr, said);
    });
  }

  test('whose module is not there fails by its name', async (t) => {
    const { status, stderr } = await call(t, files, 'pkg.none', 'volume', []);
    assert.equal(status, 1);
    assert.match(stderr, /No module named 'pkg\.none'/);
  });
});

describe('a JavaScript function', { concurrency: 4, timeout: 60_000 }, () => {
  const source = `
import { FACTOR } from './neighbour.mjs';
export const area = ({ width, height = 2 }) => { console.log('measuring'); return { area: width * height * FACTOR }; };
export async function later(a, b) { await null; return [b, a]; }
export function nothing() {}
export function broken() { throw new TypeError('no mesh'); }
export async function brokenLater() { throw new TypeError('no mesh later'); }
export const constant = 3;
export default { inside: () => 'in' };
`;
  const files = { 'lib/mesh.mjs': source, 'lib/neighbour.mjs': 'export const FACTOR = 10;\n', 'old.cjs': 'exports.volume = (a) => a + 1;\n' };
  const inMesh = (t: Parameters<typeof tempFolder>[0], name: string, given: Json): Promise<Called> => call(t, files, 'lib/mesh.mjs', name, given);

  test('takes an object as its only argument and leaves its result as JSON', async (t) => {
    const { status, stdout, result } = await inMesh(t, 'area', { width: 3 });
    assert.deepEqual([status, stdout, result], [0, 'measuring\n', '{"area":60}\n']);
  });

  for (const [name, given, result] of [['later', [1, 'ä'], '["ä",1]\n'], ['nothing', {}, 'null\n'], ['inside', {}, '"in"\n']] as const) {
    test(`${name} of ${JSON.stringify(given)} is ${result.trim()}`, async (t) => assert.equal((await inMesh(t, name, given)).result, result));
  }

  test('may be of a CommonJS module', async (t) => assert.equal((await call(t, files, 'old.cjs', 'volume', [1])).result, '2\n'));

  for (const [name, said] of [['aera', /There is no function 'aera' in .*mesh\.mjs/], ['constant', /There is no function 'constant'/], ['broken', /TypeError: no mesh/], ['brokenLater', /TypeError: no mesh later/]] as const) {
    test(`fails, says why, and leaves no result: ${name}`, async (t) => {
      const { status, stderr, result } = await inMesh(t, name, {});
      assert.deepEqual([status, result], [1, undefined]);
      assert.match(stderr, said);
    });
  }
});
