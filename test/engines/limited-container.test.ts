import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CLI, CliLab } from '../support/engines/cli-lab.ts';
import { Container } from '../support/engines/container.ts';

const execute = promisify(execFile);
const GIB = 2 ** 30;
const BOUNDS = { memory: GIB, cores: 1 };
const PROBE = fileURLToPath(new URL('../support/engines/container-probe.ts', import.meta.url));

interface Listed {
  readonly tasks: readonly { readonly outcome: { readonly type: string } | null; readonly startedAt: number; readonly finishedAt: number }[];
}

test('inside a container its limits are the machine', async (t) => {
  const container = Container.open(t, BOUNDS);
  if (typeof container === 'string') return t.skip(container);
  const [file, ...args] = container.around([process.execPath, PROBE]);
  const told = JSON.parse((await execute(file!, args)).stdout) as { cores: number; memoryTotal: number; taken: number; cpu: number };
  assert.deepEqual([told.cores, told.memoryTotal], [1, GIB]);
  assert.ok(told.taken > 250e6 && told.taken < 450e6, `${told.taken} bytes were missing after 300 MB had been taken`);
  assert.ok(told.cpu > 0.5 && told.cpu <= 1, `${told.cpu} of the container’s only core was busy`);
});

test('tasks that would overflow a container one after another take turns, and the system kills none', async (t) => {
  const container = Container.open(t, BOUNDS);
  if (typeof container === 'string') return t.skip(container);
  const lab = new CliLab(t);
  lab.write('hungry.mjs', 'const held = Buffer.alloc(300e6, 1); setTimeout(() => console.log(held.length), 800);');
  const tasks = Array.from({ length: 6 }, (_, index) => ({ id: `hungry-${index}`, script: 'hungry.mjs', type: 'utility', cpu: 0.1, memory: '360 MB' }));
  lab.write('all.parallel.json', JSON.stringify({ name: 'All at once', tasks }));
  const [file, ...args] = container.around([process.execPath, CLI, 'batch', path.join(lab.workspace, 'all.parallel.json'), '--json']);
  const { stdout } = await execute(file!, args, { cwd: lab.workspace, env: lab.env });
  const { tasks: ended } = JSON.parse(stdout) as Listed;
  assert.deepEqual(ended.map(({ outcome }) => outcome?.type), tasks.map(() => 'succeeded'));
  assert.equal(container.killed(), 0);
});
