import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineHome } from '../support/engines/engine-home.ts';
import { until } from '../support/until.ts';

const CRASHES = 3;

test('a task that three engines in a row did not survive is set aside, until it is released', async (t) => {
  const home = new EngineHome();
  t.after(() => home.dispose());
  const client = await home.open({ runsTasks: false });
  const [deadly] = await home.submit(client, [{ command: ['true'], name: 'deadly' }]);
  await client.kill();
  for (let crash = 0; crash < CRASHES; crash++) {
    const victim = home.launch({ interruption: { step: 'spawn', nth: 1, signal: 'SIGKILL' } });
    assert.equal(await victim.ended, 'SIGKILL');
  }
  const engine = await home.open();
  await until('that the task is set aside', async () => (await engine.call('detail', deadly!))?.wait?.type === 'setAside');
  assert.deepEqual(await home.outcomes(await home.submit(engine, [{ command: ['true'] }])), [{ type: 'succeeded' }], 'others go on');
  assert.equal(home.store.task(deadly!)?.outcome, undefined);
  assert.deepEqual((await engine.call('release', [deadly!])).done, [deadly]);
  assert.deepEqual(await home.outcomes([deadly!]), [{ type: 'succeeded' }]);
});
