import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_AGENT_SETTINGS } from '../../../../../src/core/model/agents/agent-settings.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../../../src/core/model/limits.ts';
import { ClockedEngine } from '../../../../support/clocked-engine.ts';
import { TestEngine } from '../../../../support/test-engine.ts';

const limitsOf = async ({ port }: TestEngine): Promise<Limits> => (await port.status([])).limits;

test('limits of several engines hold as long as each of them is there, and those told last when nobody is', async (t) => {
  const window = await TestEngine.open(t);
  const serve = await TestEngine.open(t, { home: window.home, roots: [] });
  const observer = await TestEngine.open(t, { home: window.home, kind: 'cli', runsTasks: false });
  await window.port.setLimits({ ...DEFAULT_LIMITS, total: 20 });
  await serve.port.setLimits({ ...DEFAULT_LIMITS, total: 4 });
  assert.deepEqual([(await limitsOf(window)).total, (await limitsOf(observer)).total], [4, 4]);
  await window.port.setLimits({ ...DEFAULT_LIMITS, total: 3 });
  assert.equal((await limitsOf(serve)).total, 3);
  await serve.port.close();
  assert.equal((await limitsOf(window)).total, 3);
  await window.port.setLimits({ ...DEFAULT_LIMITS, total: 9 });
  await window.port.close();
  assert.equal((await limitsOf(observer)).total, 9);
});

test('an engine that only looks knows its own types and tells nobody', async (t) => {
  const window = await TestEngine.open(t);
  const observer = await TestEngine.open(t, { home: window.home, kind: 'cli', runsTasks: false });
  await window.port.setLimits({ ...DEFAULT_LIMITS, total: 6 });
  await observer.port.setLimits({ ...DEFAULT_LIMITS, types: [...DEFAULT_LIMITS.types, { name: 'render', limit: 1, cpu: 1, memory: 1 }] });
  const names = ({ types }: Limits): readonly string[] => types.map(({ name }) => name);
  assert.deepEqual([names(await limitsOf(observer)).includes('render'), (await limitsOf(observer)).total, names(await limitsOf(window)).includes('render')], [true, 6, false]);
});

test('what a person has set in VS Code is kept for command lines', async (t) => {
  const window = await TestEngine.open(t);
  const observer = await TestEngine.open(t, { home: window.home, kind: 'cli', runsTasks: false });
  assert.deepEqual(await observer.port.userSettings(), {});
  await window.port.setUserSettings({ maxParallel: 3, 'machine.shadow': true });
  assert.deepEqual(await observer.port.userSettings(), { maxParallel: 3, 'machine.shadow': true });
});

test('what projects say of agents is on top of what a window told last, while none is there and until its engine is gone', async (t) => {
  const clocked = await ClockedEngine.open(t);
  const { store, engine } = clocked;
  const limits = (): unknown => {
    const { claude, autogen, maxCost, maxTurns } = store.settings.agents() ?? DEFAULT_AGENT_SETTINGS;
    return [claude, autogen.capacity, maxCost, maxTurns];
  };
  const before = [{ capacity: 3, projectHooks: true }, 2, 5, undefined];
  const after = [{ capacity: 1, model: 'small', projectHooks: true }, 2, undefined, 9];
  store.write(() => store.settings.setAgents({ ...DEFAULT_AGENT_SETTINGS, claude: { capacity: 3, projectHooks: true }, maxCost: 5 }));
  await engine.settings.setProjectAgents({});
  assert.deepEqual(limits(), before);
  await engine.settings.setProjectAgents({ claude: { capacity: 1, model: 'small' }, maxCost: null, maxTurns: 9 });
  assert.deepEqual(limits(), after);
  const window = store.write(() => store.engines.insert({ pid: 7, pidStart: '', boot: '', kind: 'window', roots: [], runsTasks: true, hasTerminals: false }, clocked.clock.now()));
  assert.deepEqual(limits(), before);
  store.write(() => store.engines.delete(window));
  assert.deepEqual(limits(), after);
  await engine.settings.setProjectAgents({});
  assert.deepEqual(limits(), before);
  await engine.settings.setProjectAgents({ autogen: { capacity: 0 } });
  store.write(() => store.settings.forgetTold(store.engines.all()[0]!.id));
  assert.deepEqual(limits(), before);
});
