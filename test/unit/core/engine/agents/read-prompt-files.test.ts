import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readPromptFiles } from '../../../../../src/core/engine/agents/read-prompt-files.ts';
import { formatProblem } from '../../../../../src/core/spec/problem.ts';
import { tempFolder } from '../../../../support/temp-folder.ts';

test('a prompt file that is no text of a person is refused, not waited for and not kept', async (t) => {
  const folder = tempFolder(t);
  fs.writeFileSync(path.join(folder, 'good.prompt.md'), '\ufeffGo on.\r\n');
  fs.writeFileSync(path.join(folder, 'binary.prompt.md'), Buffer.from([0xff, 0xfe, 0x00, 0x80]));
  fs.writeFileSync(path.join(folder, 'huge.prompt.md'), 'x'.repeat(2 ** 20 + 1));
  fs.mkdirSync(path.join(folder, 'folder.prompt.md'));
  if (process.platform !== 'win32') execFileSync('mkfifo', [path.join(folder, 'pipe.prompt.md')]);

  const files = await readPromptFiles(['good', 'binary', 'huge', 'folder', 'none', ...(process.platform === 'win32' ? [] : ['pipe'])].map((name) => ({ script: `${name}.prompt.md` })), folder);
  const said = (name: string): readonly string[] | undefined => files.get(path.join(folder, `${name}.prompt.md`))?.problems.map(formatProblem);
  assert.deepEqual([files.get(path.join(folder, 'good.prompt.md'))?.prompt, said('good')], ['Go on.', []]);
  assert.deepEqual(said('binary'), ['binary.prompt.md: it cannot be read as a prompt: its text is not UTF-8']);
  assert.deepEqual(said('huge'), ['huge.prompt.md: it cannot be read as a prompt: it is too large (1048577 bytes, at most 1048576)']);
  assert.deepEqual(said('folder'), ['folder.prompt.md: it cannot be read as a prompt: it is no file']);
  if (process.platform !== 'win32') assert.deepEqual(said('pipe'), ['pipe.prompt.md: it cannot be read as a prompt: it is no file']);
  assert.equal(said('none'), undefined);
});
