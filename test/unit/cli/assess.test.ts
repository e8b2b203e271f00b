import assert from 'node:assert/strict';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { FakeEngine } from '../../support/fake-engine.ts';
import { FakeWorld } from '../../support/fake-world.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const FILES: Readonly<Record<string, string>> = {
  'good.py': 'print(1)\n',
  'slow.py': 'for row in table.iterrows():\n    print(row)\n',
  'broken.py': 'def f(:\n',
  'bad.py': 'a = b\nc = d\ne = f\n',
  'data.ipynb': '{}',
};

function lab(t: TestContext) {
  const engine = new FakeEngine();
  const world = new FakeWorld(engine);
  const folder = tempFolder(t);
  world.cwd = path.join(folder, 'work');
  mkdirSync(path.join(world.cwd, '.git'), { recursive: true });
  const old = engine.now / 1000 - 60;
  for (const [name, text] of Object.entries(FILES)) {
    writeFileSync(path.join(world.cwd, name), text);
    utimesSync(path.join(world.cwd, name), old, old);
  }
  const assess = async (...words: readonly string[]): Promise<{ code: number; text: string; errors: string }> => {
    world.output.text = '';
    world.output.errors = '';
    const code = await world.run('assess', '--home', path.join(folder, 'state'), '--built-in', ...words);
    return { code, text: world.output.text, errors: world.output.errors };
  };
  return { engine, world, assess, at: (name: string) => path.join(world.cwd, name) };
}

void test('without a word the scripts of the workspace are judged, the worst first, and the exit code tells of those below the threshold', async (t) => {
  const { assess, at } = lab(t);
  const { code, text, errors } = await assess();
  assert.deepEqual([code, errors], [1, '1 of 4 scripts graded worse than D, the threshold (`--threshold`).\n']);
  assert.match(text, /^grade +points +script +why +runs\nF +0 +broken\.py +cannot be parsed\n/);
  assert.deepEqual([...text.matchAll(/^([A-F]) +\d+ +(\S+)/gm)].map(([, grade, name]) => `${grade!} ${name!}`), ['F broken.py', 'D bad.py', 'B slow.py', 'A good.py']);
  assert.match(text, /\n\n4 scripts: \w \(\d+\) · ruff \d+\.\d+\.\d+, built in\n$/);
  assert.match((await assess()).text, / · 4 unchanged since the last look · /);
  assert.deepEqual(await assess(at('good.py'), 'slow.py').then(({ code: again }) => again), 0);
});

void test('the threshold decides over the exit code, and quiet prints only what is below it', async (t) => {
  const { assess } = lab(t);
  assert.deepEqual(await assess('bad.py', 'slow.py', 'good.py', '--quiet'), { code: 0, text: '', errors: '' });
  assert.deepEqual(await assess('bad.py', 'slow.py', 'good.py', '--quiet', '--threshold', 'c'), { code: 1, text: 'bad.py\n', errors: '' });
  assert.deepEqual((await assess('bad.py', 'slow.py', 'good.py', '--quiet', '--threshold', 'A')).text, 'bad.py\nslow.py\n');
});

void test('of one script every finding is told', async (t) => {
  const { assess } = lab(t);
  const { text } = await assess('slow.py');
  assert.match(text, /\nplace {2}rule {3}finding\n {1}1:12 {2}F821 {3}Undefined name `table`\n {1}1:17 {2}PW101 {2}`iterrows\(\)` makes/);
});

void test('what real runs cost is part of it', async (t) => {
  const { engine, world, assess, at } = lab(t);
  engine.stats = [{ script: at('good.py'), runs: 9, success: 1, wallMedian: 2000, wallP95: 3000, peakMemory: 1, cores: 1, trend: 1.5, lastAt: 1 }];
  // Each machine has runs of its own, so a grade that is to be the same everywhere leaves them out.
  assert.match((await assess('good.py')).text, /A +100 +good\.py *\n/);
  world.output.text = '';
  // Without a PATH there is no other ruff.
  assert.equal(await world.run('assess', 'good.py', '--home', path.join(world.cwd, 'state')), 0);
  assert.match(world.output.text, /A +90 +good\.py +its latest runs took 50 % longer +9 runs, median 2\.0 s, 95 % within 3\.0 s, 50 % slower lately/);
});

void test('the report comes as data and as a page', async (t) => {
  const { assess, at } = lab(t);
  const { code, text } = await assess('--json');
  const report = JSON.parse(text) as { version: number; scripts: { path: string; grade: string }[]; skipped: unknown[] };
  assert.deepEqual([code, report.version, report.scripts.length, report.scripts[0]], [1, 1, 4, { ...report.scripts[0], path: at('broken.py'), grade: 'F', score: 0 }]);
  assert.match((await assess('--markdown')).text, /^# Script Assessment\n\n\*\*\w \(\d+\)\*\* · 4 scripts · /);
});

void test('what is not assessed is said with the reason', async (t) => {
  const { assess } = lab(t);
  const { code, text } = await assess('data.ipynb');
  assert.deepEqual([code, text], [1, 'data.ipynb was not assessed: it is a notebook; only scripts are assessed\n\nNo script was assessed.\n']);
});

void test('wrong words are told with the way out', async (t) => {
  const { assess, world, at } = lab(t);
  assert.match((await assess('gone.py')).errors, /There is no file or folder `.*gone\.py`/);
  assert.match((await assess('--threshold', 'F')).errors, /Expected `--threshold` to be one of `A`, `B`, `C`, `D`, `E`, got `F`/);
  assert.match((await assess('--json', '--markdown')).errors, /got both/);
  assert.match((await assess('--ruff', 'ruff')).errors, /got both/);
  world.output.errors = '';
  assert.equal(await world.run('assess', 'good.py', '--ruff', '/nope/ruff', '--home', at('state')), 2);
  assert.match(world.output.errors, /^error: `--ruff`: there is no program `\/nope\/ruff`; name another/);
  assert.equal(await world.run('assess', '--threshold', 'best'), 2);
});
