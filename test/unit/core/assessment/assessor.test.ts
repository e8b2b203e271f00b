import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { AssessedFile, AssessedScript } from '../../../../src/core/assessment/assessed-file.ts';
import type { Assessment } from '../../../../src/core/assessment/assessment.ts';
import { Assessor, type AssessRequest } from '../../../../src/core/assessment/assessor.ts';
import { BUILT_IN_RUFF } from '../../../../src/core/assessment/rules.ts';
import { silence } from '../../../../src/core/assessment/noqa.ts';
import { systemClock } from '../../../../src/core/base/clock.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const closing: Assessor[] = [];
after(() => Promise.all(closing.map((assessor) => assessor.close())));

/** A folder with files, and what the built-in ruff says of them. */
function lab(t: TestContext, files: Readonly<Record<string, string | Buffer>> = {}) {
  const folder = tempFolder(t);
  const home = path.join(folder, 'state');
  const root = path.join(folder, 'work');
  mkdirSync(home);
  mkdirSync(root);
  const assessor = new Assessor({ home, clock: systemClock, finder: { find: () => undefined } });
  closing.push(assessor);
  const at = (name: string): string => path.join(root, name);
  /** Files get an old time unless they are to be young: a look does not trust the time of what has just changed. */
  const write = (name: string, content: string | Buffer, isYoung = false): void => {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
    if (!isYoung) age(name);
  };
  const age = (name: string, seconds = 1_600_000_000): void => utimesSync(at(name), seconds, seconds);
  for (const [name, content] of Object.entries(files)) write(name, content);
  const assess = (paths: readonly string[] = [root], more: Partial<AssessRequest> = {}): Promise<Assessment> => assessor.assess({ paths, workspace: root, allowPrograms: false, ...more });
  return { assess, assessor, at, write, age, home, root };
}

function codes(file: AssessedFile | undefined): readonly string[] {
  assert.equal(file?.type, 'assessed');
  return (file).findings.map(({ code }) => code);
}

const current = (file: string): string[] => readFileSync(file, 'utf8').split('\n');
const modeOf = (file: string): number => statSync(file).mode & 0o777;
const shown = ({ files }: Assessment, root: string): readonly string[] => files.map((file) => `${path.relative(root, file.path)}: ${file.type === 'skipped' ? file.reason : codes(file).join(' ')}`);

test('what cannot be looked at is told with the reason, and harms nothing else', async (t) => {
  const big = 'value = 1\n'.repeat(500_000);
  assert.equal(big.length, 5_000_000);
  const { assess, at, root } = lab(t, {
    'good.py': 'import os\n',
    'broken.py': 'def f(:\n    pass\n',
    'latin.py': Buffer.from('# -*- coding: latin-1 -*-\nname = "\xe9"\n', 'latin1'),
    'zeros.py': Buffer.from('x = 1\n\0\0'),
    'utf16.py': Buffer.from('\ufeffimport os\n', 'utf16le'),
    'mark.py': '\ufeffimport os\n',
    'empty.py': '',
    'big.py': big,
    'notes.ipynb': '{"cells": []}',
    'readme.txt': 'import os\n',
  });
  mkdirSync(at('folder.py'));
  symlinkSync(at('nowhere'), at('dangling.py'));
  const named = ['notes.ipynb', 'readme.txt', 'missing.py'].map(at);
  const assessment = await assess([root, ...named]);
  assert.deepEqual(shown(assessment, root), [
    'big.py: too-large',
    'broken.py: invalid-syntax invalid-syntax',
    'dangling.py: unreadable',
    'empty.py: ',
    'good.py: F401',
    'latin.py: not-utf8',
    'mark.py: F401',
    'missing.py: unreadable',
    'notes.ipynb: notebook',
    'readme.txt: not-python',
    'utf16.py: not-utf8',
    'zeros.py: invalid-syntax invalid-syntax invalid-syntax',
  ]);
  assert.deepEqual(assessment.files.flatMap((file) => (file.type === 'assessed' && file.isSyntaxWrong ? [path.basename(file.path)] : [])), ['broken.py', 'zeros.py']);
  const mark = assessment.files.find((file) => file.path === at('mark.py')) as AssessedScript;
  assert.deepEqual(mark.findings[0]!.span.from, { line: 0, character: 7 });
});

test('what may not be read is told, not thrown', { skip: process.getuid?.() === 0 ? 'as root everything may be read' : false }, async (t) => {
  const { assess, at, root } = lab(t, { 'secret.py': 'import os\n' });
  chmodSync(at('secret.py'), 0);
  assert.deepEqual(shown(await assess(), root), ['secret.py: unreadable']);
});

test('a pipe with the name of a script is not waited for', { skip: process.platform === 'win32' }, async (t) => {
  const { assess, at, root } = lab(t);
  execFileSync('mkfifo', [at('pipe.py')]);
  assert.deepEqual(shown(await assess([at('pipe.py')]), root), ['pipe.py: unreadable']);
});

test('code that ruff cannot bear fails alone, and the next file is looked at as ever', async (t) => {
  const { assess, root } = lab(t, { 'a.py': 'import os\n', 'deep.py': `x = ${'-'.repeat(1_500_000)}1\n`, 'z.py': 'import os\n' });
  const assessment = await assess();
  assert.deepEqual(shown(assessment, root), ['a.py: F401', 'deep.py: failed', 'z.py: F401']);
});

test('folders of others are left out, unless asked for by name', async (t) => {
  const { assess, at, root } = lab(t, {
    'a.py': '', 'sub/b.pyw': '', 'sub/c.txt': '', 'node_modules/d.py': '', '.hidden/e.py': '', 'py/lib/f.py': '', 'py/pyvenv.cfg': '', '__pycache__/g.py': '',
  });
  symlinkSync(root, at('sub/loop'));
  assert.deepEqual(shown(await assess(), root), ['a.py: ', 'sub/b.pyw: ']);
  assert.deepEqual(shown(await assess([at('py')]), root), ['py/lib/f.py: ']);
  assert.deepEqual(shown(await assess([at('a.py'), root, at('sub')]), root), ['a.py: ', 'sub/b.pyw: ']);
});

test('unchanged files are not read twice, in this process or another', async (t) => {
  const { assess, at, write, home, root } = lab(t, { 'a.py': 'import os\n', 'b.py': 'import sys\n', 'latin.py': Buffer.from('"\xe9"', 'latin1') });
  const first = await assess();
  assert.deepEqual([first.read, first.reused], [3, 0]);
  const second = await assess();
  assert.deepEqual([second.read, second.reused, shown(second, root)], [0, 3, shown(first, root)]);
  const other = new Assessor({ home, clock: systemClock, finder: { find: () => undefined } });
  closing.push(other);
  const third = await other.assess({ paths: [root], workspace: root, allowPrograms: false });
  assert.deepEqual([third.read, third.reused, third.files], [0, 3, first.files]);
  write('b.py', 'import re, sys\n');
  const fourth = await assess();
  assert.deepEqual([fourth.read, fourth.reused, shown(fourth, root)[1]], [1, 2, 'b.py: E401 F401 F401']);
  // The same text at another time is read, and what was found still holds.
  utimesSync(at('a.py'), 1_500_000_000, 1_500_000_000);
  const fifth = await assess();
  assert.deepEqual([fifth.read, fifth.reused, fifth.files[0]], [1, 2, first.files[0]]);
});

test('a file that changed just before the look is read again: its time may not tell of the next change', async (t) => {
  const { assess, at, write, root } = lab(t);
  write('a.py', 'import os\n', true);
  assert.deepEqual(shown(await assess(), root), ['a.py: F401']);
  const now = Date.now() / 1000;
  write('a.py', 'import re\n', true);
  utimesSync(at('a.py'), now, now);
  const again = await assess();
  assert.equal(again.read, 1);
  assert.match((again.files[0] as AssessedScript).findings[0]!.message, /`re`/);
});

test('kept findings that are damaged, of another form, or cannot be written are as if there were none', async (t) => {
  const { assess, home } = lab(t, { 'a.py': 'import os\n' });
  await assess();
  const kept = path.join(home, 'assessment');
  const [name] = readdirSync(kept);
  for (const text of ['', '{"version":1,"entr', '[]', '{"version":1}', '{"version":99,"entries":[]}', '{"version":1,"entries":[1]}']) {
    writeFileSync(path.join(kept, name!), text);
    assert.deepEqual([(await assess()).read, (await assess()).reused], [1, 1], text);
  }
  rmSync(kept, { recursive: true });
  writeFileSync(kept, 'a file where the folder was');
  assert.deepEqual([(await assess()).read, (await assess()).read], [1, 1]);
});

test('progress is told, and what is cancelled ends', async (t) => {
  const { assessor, root } = lab(t, Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`s${index}.py`, `x${index} = 1\n`])));
  const told: number[] = [];
  const cancel = new AbortController();
  const request = { paths: [root], workspace: root, allowPrograms: false };
  await assessor.assess(request, ({ done, total }) => told.push(done / total));
  assert.deepEqual(told, [100 / 250, 200 / 250, 1]);
  const cancelled = assessor.assess(request, () => cancel.abort(), cancel.signal);
  await assert.rejects(cancelled, { name: 'AbortError' });
});

test('every comment that silences does so, by the rules of ruff and by ours', async (t) => {
  const text = [
    'import os',
    'import sys  # for later',
    'import re, json  # noqa: E401',
    'value = """',
    '"""; import abc',
    'total = 1; \\',
    'more = 2',
    'for row in table.iterrows():',
    '    print(row)',
    'def f(a=[], b={}):',
    '    try:',
    '        return a == None',
    '    except:',
    '        pass',
    '',
  ].join('\n');
  const { assess, at, write } = lab(t, { 'a.py': text });
  const [before] = (await assess()).files;
  assert.deepEqual([...new Set(codes(before))].sort(), ['B006', 'E402', 'E702', 'E711', 'E722', 'F401', 'F821', 'PW101']);
  for (let left = codes(before).length; left > 0; ) {
    const script = (await assess([at('a.py')])).files[0] as AssessedScript;
    assert.ok(script.findings.length <= left);
    left = script.findings.length;
    const [finding] = script.findings;
    if (finding === undefined) break;
    const lines = current(at('a.py'));
    const edit = silence(finding.noqaLine!, lines[finding.noqaLine!]!, finding.code);
    assert.ok(edit !== undefined, `${finding.code} is silenced already: ${lines[finding.noqaLine!]!}`);
    const line = lines[finding.noqaLine!]!;
    lines[finding.noqaLine!] = line.slice(0, edit.span.from.character) + edit.text + line.slice(edit.span.to.character);
    write('a.py', lines.join('\n'), true);
    left--;
  }
  assert.deepEqual(codes((await assess()).files[0]), []);
});

test('the state folder is private', { skip: process.platform === 'win32' }, async (t) => {
  const { assess, home } = lab(t, { 'a.py': '' });
  await assess();
  assert.deepEqual([modeOf(path.join(home, 'assessment')), ...readdirSync(path.join(home, 'assessment')).map((name) => modeOf(path.join(home, 'assessment', name)))], [0o700, 0o600]);
});

test('the version that is told of the built-in ruff is that of the library', async () => {
  const { Workspace } = await import('@astral-sh/ruff-wasm-nodejs');
  const { dependencies, devDependencies } = createRequire(import.meta.url)('../../../../package.json') as Partial<Record<string, Record<string, string>>>;
  assert.deepEqual([Workspace.version(), { ...dependencies, ...devDependencies }['@astral-sh/ruff-wasm-nodejs']], [BUILT_IN_RUFF, BUILT_IN_RUFF]);
});

test('the example that is there to be assessed is told of what it was made for', async (t) => {
  const { assess } = lab(t);
  const { files } = await assess([fileURLToPath(new URL('../../../../examples/to_improve.py', import.meta.url))]);
  assert.deepEqual(codes(files[0]), ['F401', 'B006', 'PW103', 'E713', 'E713', 'E711', 'PERF401', 'E722']);
});
