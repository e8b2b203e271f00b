import assert from 'node:assert/strict';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { CliLab, lives } from '../support/engines/cli-lab.ts';
import { until } from '../support/until.ts';

interface Listed {
  readonly tasks: readonly { readonly id: number; readonly status: string }[];
}

void test('a state folder that is deleted under it ends `serve`, which says what it leaves running; the next one begins anew', async (t) => {
  const lab = new CliLab(t);
  await lab.run('submit', 'gated.mjs');
  const serving = lab.start('serve');
  await until('the task runs', async () => (await lab.json<Listed>('list')).tasks[0]?.status === 'running');
  const pid = await lab.pidOf(1);
  rmSync(lab.env.PARALLEL_WORKFLOW_HOME!, { recursive: true });
  const { code, errors } = await serving.ended;
  assert.equal(code, 1);
  assert.equal(errors.match(/The state folder/g)?.length, 1, 'it is told once');
  assert.match(errors, /error: The state folder .*state is gone, or another one is in its place: .* move it back and start again/);
  assert.match(errors, new RegExp(`Still running, and followed by nobody from now on:\\n  #1 gated\\.mjs: process ${pid}, ended by \`kill -- -${pid}\``));
  assert.ok(lives(pid), 'what runs is nobody’s to end unasked');
  process.kill(-pid, 'SIGTERM');
  await until('the group that was named is all there was', () => !lives(pid));
  assert.deepEqual((await lab.json<Listed>('list')).tasks, []);
  assert.equal((await lab.run('run', 'ok.mjs')).code, 0);
});

void test('a state folder that was moved is found again when it is moved back, with what went on meanwhile', async (t) => {
  const lab = new CliLab(t);
  const home = lab.env.PARALLEL_WORKFLOW_HOME!;
  const aside = path.join(lab.folder, 'aside');
  const running = lab.start('run', 'gated.mjs');
  await until('the task runs', async () => (await lab.json<Listed>('list')).tasks[0]?.status === 'running');
  renameSync(home, aside);
  const { code, errors } = await running.ended;
  assert.deepEqual([code, errors.includes('is gone')], [1, true]);
  assert.ok(!existsSync(home) || !readdirSync(home).includes('store.sqlite'), 'nothing half-done stands in its place');
  rmSync(home, { recursive: true, force: true });
  renameSync(aside, home);
  lab.openGate();
  const ended = await lab.run('wait', '1');
  assert.deepEqual([ended.code, ended.errors], [0, '']);
});
