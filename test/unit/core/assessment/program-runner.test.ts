import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test, type TestContext } from 'node:test';
import type { AssessedScript } from '../../../../src/core/assessment/assessed-file.ts';
import type { Assessment } from '../../../../src/core/assessment/assessment.ts';
import { Assessor } from '../../../../src/core/assessment/assessor.ts';
import { systemClock } from '../../../../src/core/base/clock.ts';
import { pathFinder } from '../../../../src/core/launch/find-program.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const closing: Assessor[] = [];
after(() => Promise.all(closing.map((assessor) => assessor.close())));

const POSIX = { skip: process.platform === 'win32' };
const OURS = /^check --isolated --no-cache .*--select [A-Z0-9,]+ --config lint\.mccabe\.max-complexity=0 -- /;

/** What a stand-in for ruff does when it checks; its words and its folder are in `words`. */
function lab(t: TestContext, { version = 'ruff 0.17.3', check = 'echo "[]"' }: { version?: string; check?: string } = {}) {
  const folder = tempFolder(t);
  const [home, root, bin] = ['state', 'work', 'bin'].map((name) => path.join(folder, name)) as [string, string, string];
  for (const each of [home, root, bin]) mkdirSync(each);
  const words = path.join(folder, 'words');
  const program = (name: string, text: string): string => {
    const file = path.join(bin, name);
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const ruff = program('ruff', `if [ "$1" = --version ]; then echo "${version}"; exit; fi\necho "$PWD|$RUFF_SELECT|$*" >> '${words}'\n${check}`);
  const script = path.join(root, 'a.py');
  writeFileSync(script, 'import os\n');
  utimesSync(script, 1_600_000_000, 1_600_000_000);
  const assess = (places: { ruff?: string; python?: string; allowPrograms?: boolean } = {}, PATH = ''): Promise<Assessment> => {
    const assessor = new Assessor({ home, clock: systemClock, finder: pathFinder({ PATH }) });
    closing.push(assessor);
    return assessor.assess({ paths: [root], workspace: root, allowPrograms: true, ...places });
  };
  const said = (): readonly string[] => readFileSync(words, 'utf8').trim().split('\n');
  return { assess, said, program, ruff, bin, home, root, script };
}

test('a ruff that the setting names is run, in a folder of ours and without variables of its own', POSIX, async (t) => {
  process.env.RUFF_SELECT = 'ALL';
  t.after(() => delete process.env.RUFF_SELECT);
  const { assess, said, ruff, home, script } = lab(t);
  const { runner, notes, files } = await assess({ ruff });
  assert.deepEqual([runner, notes], [{ kind: 'program', version: '0.17.3', program: ruff }, []]);
  assert.deepEqual((files[0] as AssessedScript).findings, []);
  const [call] = said();
  const [folder, variable, words] = call!.split('|') as [string, string, string];
  assert.deepEqual([folder, variable], [path.join(home, 'assessment'), '']);
  assert.match(words, OURS);
  assert.ok(words.endsWith(`-- ${script}`));
});

test('the setting comes first, then the interpreter, then the PATH', POSIX, async (t) => {
  const { assess, program, ruff, bin, root } = lab(t);
  const python = program('chosen', `shift 2\nexec '${ruff}' "$@"`);
  const other = program('other', `exec '${ruff}' "$@"`);
  const taken = async (...args: Parameters<typeof assess>): Promise<string | undefined> => (await assess(...args)).runner.program;
  assert.equal(await taken({ ruff: other, python }, bin), other);
  assert.equal(await taken({ python }, bin), `${python} -m ruff`);
  assert.equal(await taken({}, bin), ruff);
  mkdirSync(path.join(root, '.venv', 'bin'), { recursive: true });
  const own = path.join(root, '.venv', 'bin', 'python');
  writeFileSync(own, readFileSync(python));
  chmodSync(own, 0o755);
  assert.equal(await taken({}, bin), `${own} -m ruff`);
});

test('without trust no program is run', POSIX, async (t) => {
  const { assess, program, ruff, root } = lab(t);
  const python = program('python3', `touch '${root}/ran'; exit 1`);
  const { runner, files } = await assess({ ruff, python, allowPrograms: false });
  assert.equal(runner.kind, 'built-in');
  assert.deepEqual((files[0] as AssessedScript).findings.map(({ code }) => code), ['F401']);
  assert.throws(() => readFileSync(path.join(root, 'ran')));
});

const refused: readonly (readonly [string, Parameters<typeof lab>[1], RegExp])[] = [
  ['one that is too old', { version: 'ruff 0.11.13' }, /is ruff 0\.11\.13, older than 0\.12\.0/],
  ['another program of that name', { version: 'rough 3.1' }, /does not call itself ruff, but `rough 3\.1`/],
];

for (const [name, given, note] of refused) {
  test(`${name} is not used, and that is said`, POSIX, async (t) => {
    const { assess, ruff } = lab(t, given);
    const { runner, notes } = await assess({ ruff });
    assert.equal(runner.kind, 'built-in');
    assert.equal(notes.length, 1);
    assert.match(notes[0]!, note);
  });
}

test('one that is not there is told, and another is looked for', POSIX, async (t) => {
  const { assess, ruff, bin } = lab(t);
  const { runner, notes } = await assess({ ruff: path.join(bin, 'gone') }, bin);
  assert.equal(runner.program, ruff);
  assert.match(notes.join(), /There is no program `.*gone`, which the setting `parallelWorkflow\.programs\.ruff` names/);
});

for (const [what, check] of [['crashes', 'kill -ABRT $$'], ['fails', 'echo "no" >&2; exit 2'], ['writes something else', 'echo "hello"']] as const) {
  test(`where the program ${what}, the built-in one looks at its files`, POSIX, async (t) => {
    const { assess, said, ruff } = lab(t, { check });
    const { files } = await assess({ ruff });
    assert.equal(said().length, 1);
    assert.deepEqual((files[0] as AssessedScript).findings.map(({ code }) => code), ['F401']);
  });
}

test('a file that changes while it is looked at is looked at again, with the text of that time', POSIX, async (t) => {
  const { assess, said, ruff, script, bin } = lab(t, { check: 'if [ ! -e "$0.changed" ]; then touch "$0.changed"; for last; do :; done; echo "x = 12345" > "$last"; fi\necho "[]"' });
  const { files, read } = await assess({ ruff });
  assert.equal(said().length, 2);
  assert.equal(read, 2);
  const other = lab(t);
  writeFileSync(other.script, 'x = 12345\n');
  const [expected] = (await other.assess({ ruff: other.ruff })).files as [AssessedScript];
  assert.equal((files[0] as AssessedScript).hash, expected.hash);
  assert.ok(readFileSync(path.join(bin, 'ruff.changed')).length === 0 && readFileSync(script, 'utf8') === 'x = 12345\n');
});

test('a file that never stands still is left out', POSIX, async (t) => {
  const { assess, said, ruff } = lab(t, { check: 'for last; do :; done; echo "x = 1" >> "$last"\necho "[]"' });
  const { files } = await assess({ ruff });
  assert.deepEqual([said().length, files.map((file) => file.type === 'skipped' && file.reason)], [3, ['changing']]);
});

test('many files are handed over in portions that a command line can hold', POSIX, async (t) => {
  const { assess, said, ruff, root } = lab(t);
  for (let index = 0; index < 190; index++) writeFileSync(path.join(root, `${'long'.repeat(40)}${index}.py`), '');
  const { files } = await assess({ ruff });
  assert.equal(files.filter(({ type }) => type === 'assessed').length, 191);
  assert.ok(said().length >= 2);
  for (const call of said()) assert.ok(call.length < 32_000);
});
