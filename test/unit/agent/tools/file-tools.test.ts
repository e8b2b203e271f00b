import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { WriteIntent } from '../../../../src/agent/agent-driver.ts';
import { diskFiles, type TextFiles } from '../../../../src/agent/tools/text-files.ts';
import { ToolBox } from '../../../../src/agent/tools/tool-box.ts';
import type { ToolAnswer } from '../../../../src/agent/tools/tool.ts';
import { workspaceTools } from '../../../../src/agent/tools/workspace-tools.ts';
import { systemProcessTable } from '../../../../src/core/process/system-process-table.ts';
import { RecordedTurn } from '../../../support/agents/recorded-turn.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

interface Setup {
  readonly root: string;
  readonly turn: RecordedTurn;
  readonly file: (name: string) => string;
  readonly put: (name: string, text: string | Uint8Array) => string;
  readonly call: (name: string, input: unknown) => Promise<ToolAnswer>;
}

function setUp(t: TestContext, { refuse, files = diskFiles, context = [] }: { readonly refuse?: (writes: WriteIntent) => string | undefined; readonly files?: TextFiles; readonly context?: readonly string[] } = {}): Setup {
  const root = path.join(tempFolder(t), 'workspace');
  mkdirSync(root);
  const turn = new RecordedTurn({ workspace: root, ...(refuse !== undefined && { refuse }) });
  const tools = workspaceTools({ workspace: root, cwd: root, context, files, commands: { env: process.env, table: systemProcessTable(), platform: process.platform }, queue: undefined });
  const box = new ToolBox(tools, turn);
  const file = (name: string): string => path.join(root, name);
  return {
    root,
    turn,
    file,
    put: (name, text) => {
      mkdirSync(path.dirname(file(name)), { recursive: true });
      writeFileSync(file(name), text);
      return file(name);
    },
    call: (name, input) => box.call({ name, input }),
  };
}

test('a file is read by lines, with what part of it that is', async (t) => {
  const { put, call, turn } = setUp(t);
  put('a.txt', 'one\ntwo\r\nthree\n');
  assert.deepEqual(
    [
      await call('read_file', { path: 'a.txt' }),
      await call('read_file', { path: 'a.txt', from: 2, lines: 1 }),
      await call('read_file', { path: 'a.txt', from: 9 }),
      await call('read_file', { path: 'b.txt' }),
    ].map(({ text }) => text),
    ['a.txt, 3 lines.\none\ntwo\nthree', 'a.txt, lines 2 to 2 of 3.\ntwo', '`a.txt` has only 3 lines.', 'There is no file `b.txt`.'],
  );
  assert.deepEqual(turn.lines.slice(0, 2), ['Read a.txt', '= a.txt, 3 lines.'], 'people do not read the file again');
  assert.deepEqual(turn.guarded, [], 'reading asks for no file');
});

test('of a huge file a part is read, of a long line the beginning, and no bytes', async (t) => {
  const { put, call } = setUp(t);
  put('long.txt', `${'x'.repeat(3_000_000)}\nlast\n`);
  const long = await call('read_file', { path: 'long.txt' });
  assert.ok(long.text.length < 2200);
  assert.match(long.text, /\(line cut\)\nlast$/);
  put('huge.txt', `${'a line of a huge file\n'.repeat(1_000_000)}`);
  const huge = await call('read_file', { path: 'huge.txt', lines: 1_000_000 });
  assert.match(huge.text, /^huge\.txt, lines 1 to 2000 of 1000000\./);
  put('image.bin', Uint8Array.of(0xff, 0xd8, 0x00, 0x01));
  assert.deepEqual(await call('read_file', { path: 'image.bin' }), { text: '`image.bin` is no text in UTF-8; look at it with a program.', isError: true });
  put('zeros.bin', Uint8Array.of(0x41, 0x00));
  assert.equal((await call('read_file', { path: 'zeros.bin' })).isError, true);
});

test('unsaved changes are read as the editor shows them', async (t) => {
  const { put, call } = setUp(t, { files: { ...diskFiles, unsaved: (file) => Promise.resolve(file.endsWith('a.txt') ? 'typed\n' : undefined) } });
  put('a.txt', 'saved\n');
  assert.equal((await call('read_file', { path: 'a.txt' })).text, 'a.txt, 1 line. It has unsaved changes: this is what the editor shows.\ntyped');
});

test('an edit replaces a text that occurs once, and holds the file meanwhile', async (t) => {
  const { put, call, turn } = setUp(t);
  const a = put('a.py', 'x = 1\ny = 1\n');
  assert.equal((await call('edit_file', { path: 'a.py', old: 'x = 1', new: 'x = 2' })).text, 'Changed a.py.');
  assert.equal(readFileSync(a, 'utf8'), 'x = 2\ny = 1\n');
  assert.deepEqual(turn.guarded, [`before tool-1 ${a}`, 'after tool-1']);
  assert.deepEqual(turn.lines, ['Edit a.py', '= Changed a.py.']);
});

test('an edit that is not exact changes nothing and says why', async (t) => {
  const { put, call } = setUp(t);
  const a = put('a.py', 'x = 1\nx = 1\n');
  const texts = [
    await call('edit_file', { path: 'a.py', old: 'x = 1', new: 'x = 2' }),
    await call('edit_file', { path: 'a.py', old: 'z', new: 'y' }),
    await call('edit_file', { path: 'a.py', old: 'x', new: 'x' }),
    await call('edit_file', { path: 'none.py', old: 'x', new: 'y' }),
    await call('edit_file', { path: 'a.py', new: 'y' }),
  ];
  assert.deepEqual(texts.map(({ text }) => text), [
    'The old text occurs 2 times in `a.py`; take in more lines around it so that it occurs once, or set `all`.',
    'The old text does not occur in `a.py`; read the file and give the text exactly as it stands there.',
    'The old and the new text are the same.',
    'There is no file `none.py`; use write_file to make it.',
    'edit_file: `old`: expected a text, got nothing.',
  ]);
  assert.ok(texts.every(({ isError }) => isError === true));
  assert.equal(readFileSync(a, 'utf8'), 'x = 1\nx = 1\n');
  assert.equal((await call('edit_file', { path: 'a.py', old: 'x = 1', new: 'x = 2', all: true })).text, 'Changed a.py, 2 occurrences.');
  assert.equal(readFileSync(a, 'utf8'), 'x = 2\nx = 2\n');
});

test('line ends and a byte order mark stay as they are', async (t) => {
  const { put, call } = setUp(t);
  const a = put('a.txt', '\ufeffone\r\ntwo\r\nthree\r\n');
  await call('edit_file', { path: 'a.txt', old: 'one\ntwo', new: 'one\n1.5\ntwo' });
  assert.equal(readFileSync(a, 'utf8'), '\ufeffone\r\n1.5\r\ntwo\r\nthree\r\n');
});

test('a dollar sign in a replacement is a dollar sign', async (t) => {
  const { put, call } = setUp(t);
  const a = put('a.sh', 'echo HOME\n');
  await call('edit_file', { path: 'a.sh', old: 'HOME', new: '$& $1' });
  assert.equal(readFileSync(a, 'utf8'), 'echo $& $1\n');
});

test('an edit is made anew when somebody wrote the file in between, and given up when that never ends', async (t) => {
  let disturbances = 2;
  const files: TextFiles = {
    ...diskFiles,
    replace: (file, before, after) => {
      if (disturbances-- > 0) writeFileSync(file, `${readFileSync(file, 'utf8')}theirs\n`);
      return diskFiles.replace(file, before, after);
    },
  };
  const { put, call } = setUp(t, { files });
  const a = put('a.txt', 'mine\n');
  await call('edit_file', { path: 'a.txt', old: 'mine', new: 'ours' });
  assert.equal(readFileSync(a, 'utf8'), 'ours\ntheirs\ntheirs\n');
  disturbances = Number.POSITIVE_INFINITY;
  assert.equal((await call('edit_file', { path: 'a.txt', old: 'ours', new: 'mine' })).text, 'Something else keeps writing `a.txt`; do something else and come back to it later.');
});

test('a file is written anew only when it was read as it is', async (t) => {
  const { put, call, file } = setUp(t);
  assert.equal((await call('write_file', { path: 'deep/er/new.txt', content: 'a\nb\n' })).text, 'Made deep/er/new.txt, 2 lines.');
  put('old.txt', 'precious\n');
  const unread = await call('write_file', { path: 'old.txt', content: 'x' });
  assert.deepEqual(unread, { text: '`old.txt` exists and was not read; read it first, so that nothing in it is lost.', isError: true });
  await call('read_file', { path: 'old.txt' });
  put('old.txt', 'more precious\n');
  assert.match((await call('write_file', { path: 'old.txt', content: 'x' })).text, /has changed since it was read/);
  await call('read_file', { path: 'old.txt' });
  assert.equal((await call('write_file', { path: 'old.txt', content: 'x' })).text, 'Wrote old.txt, 1 line.');
  assert.equal((await call('write_file', { path: 'old.txt', content: '' })).text, 'Wrote old.txt, 0 lines.', 'what it wrote itself it has seen');
  assert.equal(readFileSync(file('old.txt'), 'utf8'), '');
});

test('nothing outside of the workspace is read or written, also through links', async (t) => {
  const { put, call, root } = setUp(t);
  const outside = path.join(path.dirname(root), 'secret.txt');
  writeFileSync(outside, 'secret\n');
  put('inside/a.txt', 'a\n');
  symlinkSync(outside, path.join(root, 'link.txt'));
  symlinkSync(path.dirname(root), path.join(root, 'up'));
  symlinkSync(path.join(path.dirname(root), 'not-there.txt'), path.join(root, 'dangling.txt'));
  symlinkSync(path.join(root, 'inside'), path.join(root, 'within'));
  const calls: readonly (readonly [string, object])[] = [
    ...['../secret.txt', outside, 'link.txt', 'up/secret.txt', 'inside/../../secret.txt'].map((given) => ['read_file', { path: given }] as const),
    ...['../new.txt', 'up/new.txt', 'dangling.txt', 'link.txt'].map((given) => ['write_file', { path: given, content: 'x' }] as const),
    ['edit_file', { path: 'link.txt', old: 'secret', new: 'x' }],
    ['list_files', { path: '..' }],
    ['search_files', { text: 'secret', path: 'up' }],
    ['run_command', { command: ['ls'], folder: '..' }],
  ];
  for (const [name, input] of calls) {
    const { text, isError } = await call(name, input);
    assert.match(text, /lies outside of the workspace; only files below .* can be used\.$/, `${name} ${JSON.stringify(input)}`);
    assert.equal(isError, true);
  }
  assert.equal((await call('search_files', { text: 'secret' })).text, 'Found nothing.', 'links are not followed');
  assert.equal((await call('read_file', { path: 'within/a.txt' })).text, 'within/a.txt, 1 line.\na', 'a link that stays inside is');
  assert.equal((await call('read_file', { path: 'a\0b' })).isError, true);
});

test('files that were given to read may lie outside, and are not written', async (t) => {
  const given = path.join(tempFolder(t), 'notes.md');
  writeFileSync(given, 'notes\n');
  const { call } = setUp(t, { context: [given] });
  assert.match((await call('read_file', { path: given })).text, /notes$/);
  assert.match((await call('edit_file', { path: given, old: 'notes', new: 'x' })).text, /outside of the workspace/);
});

test('a refused write tells the agent who has the file, changes nothing, and is kept', async (t) => {
  const why = 'a.txt is held by “Sweep 3” since 2 min ago; do something else and come back to it later.';
  const { put, call, turn } = setUp(t, { refuse: (writes) => (writes !== 'unknown' && writes.some((file) => file.endsWith('a.txt')) ? why : undefined) });
  const a = put('a.txt', 'theirs\n');
  const answer = await call('edit_file', { path: 'a.txt', old: 'theirs', new: 'mine' });
  assert.deepEqual([answer.text, answer.isError], [`Refused: ${why}`, true]);
  assert.equal(readFileSync(a, 'utf8'), 'theirs\n');
  assert.deepEqual(turn.refusals, [{ tool: 'Edit', why }]);
  assert.deepEqual(turn.lines, ['Edit a.txt', `refused Edit: ${why}`]);
  assert.equal((await call('write_file', { path: 'b.txt', content: 'x' })).isError, undefined, 'other files are free');
});

test('a file in which somebody begins to type meanwhile is left alone', async (t) => {
  const { put, call, turn } = setUp(t, { files: { ...diskFiles, replace: () => Promise.resolve({ type: 'unsaved' }) } });
  put('a.txt', 'x\n');
  assert.match((await call('edit_file', { path: 'a.txt', old: 'x', new: 'y' })).text, /^Refused: a\.txt has unsaved changes in an editor/);
  assert.equal(turn.refusals.length, 1);
  assert.deepEqual(turn.guarded.map((line) => line.split(' ')[0]), ['before', 'after'], 'it is given back');
});

test('files are listed and found, without what tools put beside the work', async (t) => {
  const { put, call } = setUp(t);
  for (const name of ['src/a.py', 'src/deep/b.py', 'c.md', '.git/config', 'node_modules/x/index.py']) put(name, `# ${name}\nneedle (1)\n`);
  assert.equal((await call('list_files', {})).text, 'c.md\nsrc/');
  assert.equal((await call('list_files', { glob: '**/*.py' })).text, 'src/a.py\nsrc/deep/b.py');
  assert.equal((await call('list_files', { path: 'none' })).text, 'There is no folder `none`.');
  assert.equal((await call('search_files', { text: 'NEEDLE (1', ignoreCase: true, glob: '**/*.py' })).text, 'src/a.py:2: needle (1)\nsrc/deep/b.py:2: needle (1)');
  assert.equal((await call('search_files', { text: '^needle \\(\\d\\)$', regex: true, path: 'c.md' })).text, 'c.md:2: needle (1)');
  assert.match((await call('search_files', { text: '(', regex: true })).text, /^`text` is no regular expression/);
});

test('a regular expression that would take for ever is broken off', async (t) => {
  const { put, call } = setUp(t);
  put('a.txt', `${'a'.repeat(60)}b\n`);
  assert.equal((await call('search_files', { text: '^(a+)+$', regex: true })).text, 'The regular expression takes too long; use a simpler one.');
});

test('calls are carried out one after another, and none after the end', async (t) => {
  const { put, call, turn } = setUp(t);
  put('a.txt', '1\n');
  await Promise.all([1, 2, 3].map((number) => call('edit_file', { path: 'a.txt', old: `${number}\n`, new: `${number + 1}\n` })));
  assert.deepEqual(turn.guarded.map((line) => line.split(' ').slice(0, 2).join(' ')), ['before tool-1', 'after tool-1', 'before tool-2', 'after tool-2', 'before tool-3', 'after tool-3']);
  assert.equal((await call('read_file', { path: 'a.txt' })).text, 'a.txt, 1 line.\n4');
  turn.end();
  assert.equal((await call('write_file', { path: 'late.txt', content: '' })).isError, true);
});

test('an unknown tool and a wrong input are told to the agent', async (t) => {
  const { call } = setUp(t);
  assert.equal((await call('delete_file', {})).text, 'There is no tool `delete_file`; there are `list_files`, `read_file`, `search_files`, `edit_file`, `write_file`, `run_command`.');
  assert.equal((await call('read_file', { path: 7, from: 0 })).text, 'read_file: `path`: expected a text, got `7`; `from`: expected a line number ≥ 1, got `0`.');
  assert.equal((await call('read_file', 'a.txt')).isError, true);
});
