import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Work } from '../../../src/core/model/spec.ts';
import { recentScripts } from '../../../src/host/queueing/recent-scripts.ts';
import { FakeEngine } from '../../support/fake-engine.ts';

const script = (path: string): Work => ({ kind: 'script', path });

test('recent scripts are those queued last, each once, whatever became of them', async () => {
  const engine = new FakeEngine();
  const [done] = ['/lab/a.py', '/lab/b.py', '/lab/a.py'].map((path) => engine.add({ work: script(path) }));
  engine.start(done!);
  engine.end(done!);
  engine.now += 1000;
  engine.start(engine.add({ work: { kind: 'blender', path: '/lab/scene.py' } }));
  engine.add({ work: { kind: 'command', argv: ['true'] } });
  engine.add({ work: script('/elsewhere/c.py') }, '/elsewhere');
  engine.add({ work: { kind: 'prompt', prompt: 'Go', file: '/lab/go.prompt.md', agent: 'auto', context: [] } });
  engine.add({ work: { kind: 'prompt', prompt: 'Say', agent: 'auto', context: [] } });
  assert.deepEqual(await recentScripts(engine, ['/lab']), ['/lab/go.prompt.md', '/lab/scene.py', '/lab/a.py', '/lab/b.py']);
});

test('recent scripts are few', async () => {
  const engine = new FakeEngine();
  for (let n = 1; n <= 20; n++) engine.add({ work: script(`/lab/${n}.py`) });
  assert.deepEqual(await recentScripts(engine, ['/lab']), [20, 19, 18, 17, 16, 15, 14, 13].map((n) => `/lab/${n}.py`));
});
