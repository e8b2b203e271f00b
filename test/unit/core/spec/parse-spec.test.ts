import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TaskSpec } from '../../../../src/core/model/spec.ts';
import { importsBpy } from '../../../../src/core/spec/blender-script.ts';
import { findCycle } from '../../../../src/core/spec/find-cycle.ts';
import { nearest } from '../../../../src/core/spec/nearest.ts';
import { parseSpec } from '../../../../src/core/spec/parse-spec.ts';
import { isInside } from '../../../../src/core/spec/paths.ts';
import { SeededRandom, seedFor } from '../../../support/seeded-random.ts';
import { lab } from './lab-context.ts';

function spec(value: unknown): TaskSpec {
  const parsed = parseSpec(value, lab);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.value;
}

const script = { path: '/lab/a.py', mode: 'read' } as const;

test('a spec with nothing but a script gets every default', () => {
  assert.deepEqual(spec({ script: 'a.py' }), {
    name: 'a.py', work: { kind: 'script', path: '/lab/a.py' }, args: [], cwd: '/lab', env: {}, type: 'utility', priority: 5, files: [script], after: [],
    retries: 0, backoffMs: 1000, artifacts: [], interactive: false, expect: { type: 'succeeded' }, ifMissing: 'fail',
  });
});

test('a spec with everything keeps everything, in milliseconds, bytes and absolute paths', () => {
  const given = {
    script: 'a.py', id: 'one', name: 'First', args: ['--n', 3, '-0.5'], cwd: 'tools', env: { A: '1' }, type: 'analysis', priority: 'high', role: 'gui_testing', agent: 'AI_Agent_1',
    files: ['data.json', { path: '/data/in.csv', mode: 'read' }], after: ['zero', '#12'], timeout: '90s', retries: 2, backoff: 0.5, cpu: 1.5, memory: '512 MB', memoryLimit: 1e9,
    artifacts: ['out/*.png'], interactive: true, startAt: '2030-01-31T08:00:00Z', expect: { exitCode: 3 }, ifMissing: 'skip', interpreter: '.venv/bin/python',
  };
  assert.deepEqual(spec(given), {
    name: 'First', work: { kind: 'script', path: '/lab/a.py' }, args: ['--n', '3', '-0.5'], cwd: '/lab/tools', env: { A: '1' }, type: 'analysis', priority: 1, role: 'gui_testing', requirement: { cores: 1, memory: 512e6 }, agent: 'AI_Agent_1',
    files: [{ path: '/lab/data.json', mode: 'write' }, { path: '/data/in.csv', mode: 'read' }, script], key: 'one', after: ['zero', '#12'], timeoutMs: 90_000, retries: 2, backoffMs: 500,
    cpu: 1.5, memory: 512e6, memoryLimit: 1e9, artifacts: ['out/*.png'], interactive: true, startAt: Date.UTC(2030, 0, 31, 8), expect: { type: 'exit', code: 3 }, ifMissing: 'skip',
    interpreter: '/lab/.venv/bin/python',
  });
});

const WORKS: readonly (readonly [given: object, work: TaskSpec['work'], name: string, type: string])[] = [
  [{ script: 'run.sh' }, { kind: 'script', path: '/lab/run.sh' }, 'run.sh', 'utility'],
  [{ script: 'render.py' }, { kind: 'blender', path: '/lab/render.py' }, 'render.py', 'blender_task'],
  [{ script: 'scene.PY' }, { kind: 'blender', path: '/lab/scene.PY' }, 'scene.PY', 'blender_task'],
  [{ script: 'render.txt' }, { kind: 'script', path: '/lab/render.txt' }, 'render.txt', 'utility'],
  [{ blender: 'a.py' }, { kind: 'blender', path: '/lab/a.py' }, 'a.py', 'blender_task'],
  [{ blender: 'a.py', type: 'analysis' }, { kind: 'blender', path: '/lab/a.py' }, 'a.py', 'analysis'],
  [{ function: 'tools/mesh.py:volume' }, { kind: 'function', module: '/lab/tools/mesh.py', name: 'volume', arguments: {} }, 'volume', 'utility'],
  [{ function: 'tools/mesh.mjs:$area', arguments: [1] }, { kind: 'function', module: '/lab/tools/mesh.mjs', name: '$area', arguments: [1] }, '$area', 'utility'],
  [{ function: 'pkg.mesh:volume', arguments: { n: 1 } }, { kind: 'function', module: 'pkg.mesh', name: 'volume', arguments: { n: 1 } }, 'volume', 'utility'],
  [{ command: ['/usr/bin/make', '-C', 'x', 'all'] }, { kind: 'command', argv: ['/usr/bin/make', '-C', 'x', 'all'] }, 'make -C x', 'utility'],
  [{ command: 'a | b', shell: true }, { kind: 'command', shell: 'a | b' }, 'a | b', 'utility'],
];
for (const [given, work, name, type] of WORKS) {
  test(`${JSON.stringify(given)} becomes a task of kind ${work.kind} and type ${type}`, () => {
    const { work: actual, name: named, type: typed } = spec(given);
    assert.deepEqual([actual, named, typed], [work, name, type]);
  });
}

test('a task without a name is called by its id', () => {
  assert.deepEqual([spec({ script: 'a.py', id: 'night' }).name, spec({ script: 'a.py', id: 'night', name: 'Night' }).name], ['night', 'Night']);
});

test('a name is one line of bounded length', () => {
  assert.equal(spec({ script: 'a.py', name: ' a \n\t b ' }).name, 'a b');
  assert.equal(spec({ script: 'a.py', name: 'x'.repeat(300) }).name, `${'x'.repeat(119)}…`);
});

test('an interpreter by name is left to the PATH, one by path starts from where all paths do', () => {
  assert.deepEqual(['python3.12', './bin/python', '/opt/python'].map((interpreter) => spec({ script: 'a.py', interpreter }).interpreter), ['python3.12', '/lab/bin/python', '/opt/python']);
});

test('a claim on the script itself is not doubled, whatever way it is written', () => {
  assert.deepEqual(spec({ script: 'a.py', files: ['./tools/../a.py'] }).files, [{ path: '/lab/a.py', mode: 'write' }]);
});

test('a file with magic characters is a glob, unless there is a file of that very name', () => {
  const files = ['data/**', { path: 'out/{a,b}?.csv', mode: 'read' }, '../x/[ab]', 'plain/', 'odd[1].json'];
  const parsed = parseSpec({ script: 'a.py', files }, { ...lab, isFile: (file) => file === '/lab/odd[1].json' || lab.isFile(file) });
  assert.deepEqual(parsed.ok && parsed.value.files, [
    { path: '/lab/data', glob: '**', mode: 'write' },
    { path: '/lab/out', glob: '{a,b}?.csv', mode: 'read' },
    { path: '/x', glob: '[ab]', mode: 'write' },
    { path: '/lab/plain', mode: 'write' },
    { path: '/lab/odd[1].json', mode: 'write' },
    script,
  ]);
  const many = parseSpec({ script: 'a.py', files: ['ok', `${'{a,b}'.repeat(7)}.csv`] }, lab, 'tasks[2]');
  assert.deepEqual(!many.ok && many.error.map(({ where }) => where), ['tasks[2].files[1]']);
});

test('paths may lie anywhere when no workspace confines them', () => {
  const parsed = parseSpec({ script: '/out/x.py' }, { ...lab, roots: [] });
  assert.equal(parsed.ok && parsed.value.cwd, '/out');
});

test('defaults fill in what a spec leaves out; environments are put together', () => {
  const parsed = parseSpec({ script: 'a.py', env: { B: '2' }, priority: 2 }, lab, '', { priority: 9, retries: 4, env: { A: '1', B: '1' } });
  assert.ok(parsed.ok);
  assert.deepEqual([parsed.value.priority, parsed.value.retries, parsed.value.env], [2, 4, { A: '1', B: '2' }]);
});

const BPY = ['import bpy', '  import bpy', '\timport bpy', 'import os, bpy', 'import numpy as np,bpy', 'import os.path as p , sys,\tbpy', 'from bpy import ops', 'from bpy.types import Panel', 'import bpy.ops', 'x = 1\nimport bpy  # here', 'try:\n    import bpy\nexcept ImportError:\n    bpy = None'];
for (const source of BPY) test(`${JSON.stringify(source)} can only run inside Blender`, () => assert.equal(importsBpy(source), true));

const NO_BPY = ['', '# import bpy', 'import bpy_extras', 'import mybpy', 'from bpyx import a', 'print("import bpy")', 'import os\nbpy = 1', 'reimport bpy', 'import os bpy'];
for (const source of NO_BPY) test(`${JSON.stringify(source)} is ordinary Python`, () => assert.equal(importsBpy(source), false));

test('a very long import is read in no time', () => {
  const started = performance.now();
  assert.equal(importsBpy(`import ${'a, '.repeat(10_000)}b`), false);
  assert.equal(importsBpy(`import ${'a.b as c  ,  '.repeat(5000)}bpy`), true);
  assert.ok(performance.now() - started < 500);
});

const NEAR: readonly (readonly [word: string, nearest: string | undefined])[] = [
  ['timout', 'timeout'], ['Timeout', 'timeout'], ['tiemout', 'timeout'], ['scirpt', 'script'], ['nmae', 'name'], ['arg', 'args'], ['xyz', undefined], ['', undefined], ['t', undefined],
];
for (const [word, meant] of NEAR) {
  test(`\`${word}\` ${meant === undefined ? 'is like no known word' : `was meant as \`${meant}\``}`, () => assert.equal(nearest(word, ['timeout', 'script', 'name', 'args']), meant));
}

test('a cycle is found where there is one, and only there', (t) => {
  const random = new SeededRandom(seedFor(t));
  for (let round = 0; round < 300; round++) {
    const size = random.between(1, 12);
    const graph = Array.from({ length: size }, () => Array.from({ length: random.between(0, 2) }, () => random.between(0, size - 1)));
    const cycle = findCycle(graph);
    assert.equal(cycle !== undefined, graph.some((_, node) => reaches(graph, node, node)), JSON.stringify(graph));
    if (cycle === undefined) continue;
    assert.equal(cycle[0], cycle.at(-1));
    for (let step = 1; step < cycle.length; step++) assert.ok(graph[cycle[step - 1]!]!.includes(cycle[step]!), JSON.stringify({ graph, cycle }));
  }
});

function reaches(graph: readonly (readonly number[])[], from: number, to: number): boolean {
  const seen = new Set<number>();
  const open = [...graph[from]!];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === to) return true;
    if (!seen.has(node)) open.push(...graph[node]!);
    seen.add(node);
  }
  return false;
}

test('a chain of a hundred thousand tasks is no cycle, and no reason to run out of stack', () => {
  const chain = Array.from({ length: 100_000 }, (_, node) => (node === 99_999 ? [] : [node + 1]));
  assert.equal(findCycle(chain), undefined);
  assert.equal(findCycle([...chain.slice(0, -1), [0]])?.length, 100_001);
});

const INSIDE: readonly (readonly [inner: string, outer: string, boolean])[] = [
  ['/lab', '/lab', true], ['/lab/a', '/lab', true], ['/lab/..a', '/lab', true], ['/lab/a/../b', '/lab', true], ['/a', '/', true],
  ['/labx', '/lab', false], ['/', '/lab', false], ['/lab/../out', '/lab', false], ['/out', '/lab', false],
];
for (const [inner, outer, inside] of INSIDE) test(`${inner} is ${inside ? '' : 'not '}inside ${outer}`, () => assert.equal(isInside(inner, outer), inside));
