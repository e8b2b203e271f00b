import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { cancelUnlessServed } from '../../../src/host/close-watch.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('a window that closes leaves a process behind that cancels the tasks of each folder, unless it is served again', async (t) => {
  const folder = tempFolder(t);
  const cli = path.join(folder, 'cli.cjs');
  const told = path.join(folder, 'told.json');
  writeFileSync(cli, `require('node:fs').writeFileSync(${JSON.stringify(`${told}.part`)}, JSON.stringify([process.argv.slice(2), process.cwd(), process.env.PARALLEL_WORKFLOW_HOME])); require('node:fs').renameSync(${JSON.stringify(`${told}.part`)}, ${JSON.stringify(told)});`);
  const log = new RecordingLog();
  cancelUnlessServed(cli, '/state', [folder], log);
  for (const deadline = Date.now() + 20_000; !existsSync(told) && Date.now() < deadline; ) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual(JSON.parse(readFileSync(told, 'utf8')), [['cancel', '--all', '--workspace', folder, '--unless-served-within', '10'], folder, '/state']);
  assert.deepEqual(log.lines, []);
});
