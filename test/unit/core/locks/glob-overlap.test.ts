import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globMatches, globProblem, globsOverlap, literalGlob, splitGlob } from '../../../../src/core/locks/glob-overlap.ts';
import { seedFor, SeededRandom } from '../../../support/seeded-random.ts';

const OVERLAPS: readonly (readonly [a: string, b: string])[] = [
  ['a*', '*b'], ['*.csv', 'a*'], ['data.csv', '*.csv'], ['**', 'x'], ['**', '**'], ['**/x', 'a/**'], ['a/**', 'a'], ['a/**/b', 'a/b'], ['a/*/c', '**/b/*'],
  ['[a-m]*', '[k-z]*'], ['[!a]', '[!b]'], ['[]]', '?'], ['{a,b}/*', 'b/{x,y}'], ['{a/b,c}/*.txt', 'a/**'], ['a{b,{c,d}}', '*d'], ['?', '*'], ['é?', 'é😀'], ['./a//b', 'a/b'],
];
const APART: readonly (readonly [a: string, b: string])[] = [
  ['*.csv', '*.json'], ['a*', 'b*'], ['*', 'a/b'], ['a/*', 'b/*'], ['?', '??'], ['[a-f]', '[g-z]'], ['[!a]', 'a'], ['a/**/b', 'a/**/c'], ['{a,b}', '{c,d}'], ['**/x/*', 'y'], ['[*]', 'a'], ['?a', 'a'], ['[+-0]', '/'], ['[z-a]', '*'],
];

for (const [pairs, expected] of [[OVERLAPS, true], [APART, false]] as const) {
  for (const [a, b] of pairs) {
    void test(`\`${a}\` and \`${b}\` ${expected ? 'overlap' : 'have nothing in common'}`, () => {
      assert.deepEqual([globsOverlap(a, b), globsOverlap(b, a)], [expected, expected]);
    });
  }
}

const MATCHES: readonly (readonly [glob: string, matching: readonly string[], others: readonly string[]])[] = [
  ['raw/*.csv', ['raw/a.csv', 'raw/.csv'], ['raw/a/b.csv', 'a.csv', 'raw/a.csvx']],
  ['**/*.csv', ['a.csv', 'x/y/a.csv'], ['a.csv/b']],
  ['**', ['', 'a', 'a/b/c'], []],
  ['a**b', ['ab', 'axb'], ['a/b']],
  ['{a,b', ['{a,b'], ['a']],
  ['{a}', ['{a}'], ['a']],
  ['x{,.bak}', ['x', 'x.bak'], ['x.']],
  ['[a', ['[a'], ['a']],
  ['[!a-c]?', ['dé'], ['aé', 'd/']],
  ['[a-]', ['a', '-'], ['b']],
  ['a.b', ['a.b'], ['axb']],
];

for (const [glob, matching, others] of MATCHES) {
  void test(`\`${glob}\` matches ${matching.join(', ')}${others.length > 0 ? ` and not ${others.join(', ')}` : ''}`, () => {
    assert.deepEqual([...matching, ...others].filter((file) => globMatches(glob, file)), matching);
  });
}

const SPLITS: readonly (readonly [path: string, folder: string, glob: string])[] = [
  ['/lab/data/**', '/lab/data', '**'], ['/lab/a?/b', '/lab', 'a?/b'], ['/*', '/', '*'], ['*.csv', '.', '*.csv'], ['raw/[ab].txt', 'raw', '[ab].txt'], ['/lab/{a/b,c}/d', '/lab', '{a/b,c}/d'],
  ['C:/*', 'C:/', '*'], ['/lab/[a/{b}/c,{d,e}', '/lab/[a/{b}', 'c,{d,e}'],
];

for (const [path, folder, glob] of SPLITS) {
  void test(`\`${path}\` is \`${glob}\` below \`${folder}\``, () => {
    assert.deepEqual(splitGlob(path), { folder, glob });
  });
}

void test('a path without magic is not split, and any path can be written as a glob', () => {
  for (const path of ['/lab/data.json', '/lab/[a', '/lab/{a}', '/lab/a,b', '']) assert.equal(splitGlob(path), undefined, path);
  for (const path of ['a*b', '{a,b}', 'x[1].csv', 'a?', '[!a]']) {
    assert.equal(globMatches(literalGlob(path), path), true, path);
    for (const other of ['ab', 'a', 'x1.csv', 'ax', 'b']) assert.equal(globMatches(literalGlob(path), other), false, `${path} against ${other}`);
  }
});

void test('globs made to take for ever are decided at once', () => {
  const nasty = `${'*a'.repeat(400)}b`;
  assert.equal(globsOverlap(nasty, `${'a*'.repeat(400)}c`), false);
  assert.equal(globsOverlap('**/a/'.repeat(100), `${'**/b/'.repeat(100)}c`), false);
  assert.equal(globMatches(nasty, 'a'.repeat(2000)), false);
  assert.equal(splitGlob(`${'{'.repeat(20_000)}*`)?.folder, '.');
});

void test('too many alternatives are a problem that is told, and until then meet everything', () => {
  const many = `x/${'{a,b}'.repeat(7)}`;
  assert.match(globProblem(many) ?? '', /^expected at most 64 alternatives in the braces of a glob, got more: `x\/\{a,b\}/);
  assert.match(globProblem('*'.repeat(5000)) ?? '', /at most 4096 characters, got 5000/);
  assert.equal(globProblem(`x/${'{a,b}'.repeat(6)}`), undefined);
  assert.deepEqual([globsOverlap(many, 'y'), globMatches(many, 'y')], [true, true]);
  assert.equal(globProblem('{'.repeat(2000) + 'a,b}'.repeat(500)) === undefined, false);
});

const NAMES = allTexts(['a', 'b', '-'], 3).filter((name) => name !== '');
const PATHS = ['', ...NAMES, ...NAMES.flatMap((one) => allTexts(['a', 'b', '-'], 2).filter((two) => two !== '').map((two) => `${one}/${two}`)), ...allTexts(['a/', 'b/'], 4).filter((each) => each.length > 4).map((each) => each.slice(0, -1))];

void test('random globs agree with a list of all short paths and a translation into regular expressions', (t) => {
  const random = new SeededRandom(seedFor(t));
  let overlapping = 0;
  for (let round = 0; round < 3000; round++) {
    const [a, b] = [randomGlob(random), randomGlob(random)];
    const [matchesA, matchesB] = [asRegExp(a), asRegExp(b)];
    const found = PATHS.find((file) => matchesA.test(`${file}/`) && matchesB.test(`${file}/`));
    for (const file of [random.pick(PATHS), random.pick(PATHS)]) assert.equal(globMatches(a, file), matchesA.test(`${file}/`), `${a} against ${file}`);
    assert.equal(globsOverlap(a, b), found !== undefined, `${a} and ${b}${found === undefined ? '' : ` (${found})`}`);
    overlapping += found === undefined ? 0 : 1;
  }
  assert.ok(overlapping > 300 && overlapping < 2700, `${overlapping} of 3000 overlap`);
});

/** Small enough for whatever two of them have in common to be in the list. */
function randomGlob(random: SeededRandom): string {
  const name = (): string => Array.from({ length: random.between(1, 2) }, () => random.pick(['a', 'b', '?', '*', '[ab]', '[!a]', '{a,b}'])).join('').replace('**', '*');
  const shapes = [() => name(), () => name(), () => `${name()}/${random.pick(['a', 'b', '?', '*', '[!b]'])}`, () => '**', () => `**/${name()}`, () => `${name()}/**`, () => `{${name()},${name()}}`];
  return random.pick(shapes)();
}

/** With a slash behind each name, so that `**` is a repeated group. */
function asRegExp(glob: string): RegExp {
  const name = (text: string): string => text.replaceAll('[!', '[^').replaceAll(/\*|\?|\{|\}|,/g, (sign) => ({ '*': '[^/]*', '?': '[^/]', '{': '(?:', '}': ')', ',': '|' })[sign]!).replaceAll('[^a]', '[^a/]').replaceAll('[^b]', '[^b/]');
  const body = glob.split('/').map((part) => (part === '**' ? '(?:[^/]+/)*' : `(?=[^/])${name(part)}/`)).join('');
  // The folder itself is written `/`.
  return new RegExp(`^(?:${body})$${glob === '**' ? '|^/$' : ''}`);
}

function allTexts(letters: readonly string[], longest: number): string[] {
  const all = [''];
  for (let begin = 0, length = 0; length < longest; length++) {
    const end = all.length;
    for (let index = begin; index < end; index++) for (const letter of letters) all.push(all[index]! + letter);
    begin = end;
  }
  return all;
}
