import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { collectOutputs, outputFolder, type RunSummary } from '../../../../../src/core/engine/runs/agent-outputs.ts';
import { batchId, runId, taskId } from '../../../../../src/core/model/ids.ts';
import type { TaskSpec } from '../../../../../src/core/model/spec.ts';
import type { Task } from '../../../../../src/core/model/task.ts';
import { RunFolder } from '../../../../../src/core/process/run-folder.ts';
import { sampleRun } from '../../../../support/sample-run.ts';
import { sampleSpec } from '../../../../support/sample-spec.ts';
import { tempFolder } from '../../../../support/temp-folder.ts';

const summary: RunSummary = {
  task: 7, name: 'Sweep', agent: 'AI_Agent_1', attempt: 2, outcome: 'succeeded', exitCode: 0, startedAt: '2030-01-31T08:00:00.000Z', endedAt: '2030-01-31T08:00:09.000Z', cpuSeconds: 1.5, peakMemoryBytes: 1000,
};

function task(spec: Partial<TaskSpec>, workspace = '/lab'): Task {
  return { id: taskId(7), batch: batchId(1), workspace, submittedAt: 0, attempts: 2, tries: 2, state: { status: 'running', run: runId(1), startedAt: 0 }, spec: sampleSpec(spec) };
}

function setting(t: Parameters<typeof tempFolder>[0], artifacts: readonly string[]) {
  const root = tempFolder(t);
  const cwd = path.join(root, 'lab');
  const output = path.join(root, 'lab', 'agent_outputs', 'AI_Agent_1', 'Sweep-7.2');
  const folder = new RunFolder(path.join(root, 'run'));
  folder.create();
  fs.mkdirSync(path.join(cwd, 'out', 'deep'), { recursive: true });
  fs.writeFileSync(folder.stdout, 'out\n');
  fs.writeFileSync(folder.stderr, 'err\n');
  const collect = (): Promise<readonly string[]> => collectOutputs(task({ name: 'Sweep', agent: 'AI_Agent_1', artifacts, cwd }, cwd), folder, output, summary);
  const found = (): string[] => fs.readdirSync(output, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.relative(output, path.join(entry.parentPath, entry.name))).sort();
  return { root, cwd, output, folder, collect, found };
}

test('a run of an agent has an output folder of its own, named so that people know it and the file system takes it', () => {
  const run = sampleRun({ attempt: 2, folder: '/state/runs/1' });
  assert.equal(outputFolder(task({ name: 'Sweep 3/4: ä', agent: 'AI_Agent_1' }), run, 'agent_outputs'), path.join('/lab', 'agent_outputs', 'AI_Agent_1', 'Sweep_3_4_-7.2'));
  assert.ok(outputFolder(task({ name: 'x'.repeat(500), agent: 'AI_Agent_1' }), run, 'agent_outputs').length < 120);
  assert.equal(outputFolder(task({ name: 'Sweep' }), run, 'agent_outputs'), '/state/runs/1');
});

test('log, artifacts and a summary come together', async (t) => {
  const { cwd, output, collect, found } = setting(t, ['out/*.png', 'report.txt']);
  for (const file of ['out/a.png', 'out/b.png', 'out/c.txt', 'report.txt']) fs.writeFileSync(path.join(cwd, file), file);
  assert.deepEqual(await collect(), []);
  assert.deepEqual(found(), ['out/a.png', 'out/b.png', 'report.txt', 'result.json', 'stderr.log', 'stdout.log']);
  assert.deepEqual(JSON.parse(fs.readFileSync(path.join(output, 'result.json'), 'utf8')), summary);
  assert.equal(fs.readFileSync(path.join(output, 'stdout.log'), 'utf8'), 'out\n');
});

test('a result of the task\'s own is kept', async (t) => {
  const { output, collect } = setting(t, []);
  fs.mkdirSync(output, { recursive: true });
  fs.writeFileSync(path.join(output, 'result.json'), '{"volume":3}');
  await collect();
  assert.equal(fs.readFileSync(path.join(output, 'result.json'), 'utf8'), '{"volume":3}');
});

test('a declared artifact that nothing matches is told of', async (t) => {
  const { collect } = setting(t, ['out/*.png', 'none.txt']);
  assert.deepEqual(await collect(), ['out/*.png', 'none.txt']);
});

test('what the task put into its output folder itself counts, and is not copied onto itself', async (t) => {
  const { output, collect, found } = setting(t, ['plot.svg']);
  fs.mkdirSync(output, { recursive: true });
  fs.writeFileSync(path.join(output, 'plot.svg'), '<svg/>');
  assert.deepEqual(await collect(), []);
  assert.deepEqual([found(), fs.readFileSync(path.join(output, 'plot.svg'), 'utf8')], [['plot.svg', 'result.json', 'stderr.log', 'stdout.log'], '<svg/>']);
});

test('an artifact from outside the working folder comes by its name', async (t) => {
  const { root, collect, found } = setting(t, ['../elsewhere/x.bin']);
  fs.mkdirSync(path.join(root, 'elsewhere'));
  fs.writeFileSync(path.join(root, 'elsewhere', 'x.bin'), '');
  assert.deepEqual(await collect(), []);
  assert.ok(found().includes('x.bin'));
});

test('a folder as an artifact comes with all that is in it', async (t) => {
  const { cwd, collect, found } = setting(t, ['out']);
  fs.writeFileSync(path.join(cwd, 'out', 'deep', 'a.png'), '');
  fs.symlinkSync('nowhere', path.join(cwd, 'out', 'dangling'));
  assert.deepEqual(await collect(), []);
  assert.ok(found().includes('out/deep/a.png'), found().join());
});

test('to do it again does no harm, and the log is the newest', async (t) => {
  const { cwd, output, folder, collect, found } = setting(t, ['out/*.png']);
  fs.writeFileSync(path.join(cwd, 'out', 'a.png'), '');
  await collect();
  const before = found();
  fs.writeFileSync(folder.stdout, 'more\n');
  await collect();
  assert.deepEqual([found(), fs.readFileSync(path.join(output, 'stdout.log'), 'utf8')], [before, 'more\n']);
});

test('a run that never printed has no log to bring', async (t) => {
  const { folder, collect, found } = setting(t, []);
  folder.remove();
  await collect();
  assert.deepEqual(found(), ['result.json']);
});
