import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { CliLab } from '../support/engines/cli-lab.ts';
import { until } from '../support/until.ts';

interface Status {
  readonly limits: { readonly total: number; readonly types: readonly { readonly name: string; readonly limit: number }[] };
}

void test('serve follows the configuration of its workspaces, tells a mistake once, and keeps what was right', async (t) => {
  const lab = new CliLab(t);
  const file = 'claude_parallel_config.json';
  lab.write(file, '{ "version": 2, "maxParallel": 4, "types": { "render": { "limit": 1 } } }');
  const serving = lab.start('serve');
  const total = async (): Promise<number> => (await lab.json<Status>('status')).limits.total;
  await until('its limits are in force', async () => (await total()) === 4);
  assert.equal((await lab.run('run', '--type', 'render', 'ok.mjs')).code, 0);

  lab.write(file, '{ "version": 2, "maxParallel": "four" }');
  await until('the mistake is told', () => serving.complained().includes(`${path.join(lab.workspace, file)}:1:32: error: \`maxParallel\`: expected a number`));
  assert.equal(await total(), 4);
  lab.write(file, '{ "version": 2, "maxParallel": 3 }');
  await until('the correction is in force', async () => (await total()) === 3);
  // What was no longer there beside the mistake went at once.
  assert.match(serving.said(), /Read the configuration anew: types changed\nRead the configuration anew: maxParallel changed/);

  // Another command with a stricter limit holds the machine to it as long as it runs, and no longer.
  const other = path.join(lab.folder, 'other');
  mkdirSync(path.join(other, '.git'), { recursive: true });
  writeFileSync(path.join(other, file), '{ "version": 2, "maxParallel": 1 }');
  const short = lab.start('serve', other);
  await until('the strictest limit is in force', async () => (await total()) === 1);
  short.kill('SIGTERM');
  await short.ended;
  assert.equal(await total(), 3);

  serving.kill('SIGTERM');
  const { code, errors } = await serving.ended;
  assert.equal(code, 0);
  assert.equal(errors.split('expected a number').length, 2, 'told once');
});
