import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { dayOf } from '../../../../../src/core/agents/calendar-day.ts';
import type { ClaudeSession } from '../../../../../src/core/agents/claude-sessions.ts';
import type { Looked } from '../../../../../src/core/agents/state-after-look.ts';
import { AgentKeeper } from '../../../../../src/core/engine/agents/agent-keeper.ts';
import type { EngineOptions } from '../../../../../src/core/engine/engine-options.ts';
import { withdrawModels } from '../../../../../src/core/engine/agents/window-models.ts';
import { DEFAULT_AGENT_SETTINGS } from '../../../../../src/core/model/agents/agent-settings.ts';
import type { AgentName, AgentState } from '../../../../../src/core/model/agents/agent.ts';
import { engineId } from '../../../../../src/core/model/ids.ts';
import type { Prompt } from '../../../../../src/core/model/spec.ts';
import { MemoryStore } from '../../../../support/memory-store.ts';
import { FakeProcessTable } from '../../../../support/process/fake-process-table.ts';
import { tempFolder } from '../../../../support/temp-folder.ts';
import { ManualClock, settled } from '../../../views/manual-clock.ts';

const START = 1_000_000;
const LOOKING = { sessions: true };
const SONNET = { id: 'sonnet-id', vendor: 'copilot', family: 'sonnet', name: 'Sonnet', maxInputTokens: 100_000 };
const GPT = { ...SONNET, id: 'gpt-id', family: 'gpt', name: 'GPT' };

/** A store with agents that the test makes up. */
function setting(t: { after(clean: () => void): void }, options: Partial<EngineOptions> = {}) {
  const memory = new MemoryStore(t);
  const { store, log } = memory;
  const clock = new ManualClock(START);
  const table = new FakeProcessTable();
  const found = new Map<AgentName, Partial<AgentState> & { readonly isSure?: boolean }>([['claude', { status: 'credentials', program: '/bin/claude', version: '2.1.329' }], ['autogen', { status: 'notInstalled', why: 'it is not there' }]]);
  const world = { looks: 0, sessions: [] as readonly ClaudeSession[] | undefined, listed: 0, commits: 0, hold: undefined as Promise<void> | undefined };
  const detect = async (): Promise<readonly Looked[]> => {
    world.looks++;
    await world.hold;
    return [...found].map(([name, { isSure = true, ...state }]) => ({ state: { name, status: 'installed', models: [], checkedAt: clock.now(), ...state }, isSure }));
  };
  const sessions = (): Promise<readonly ClaudeSession[] | undefined> => {
    world.listed++;
    return Promise.resolve(world.sessions);
  };
  const keeperOf = (id: number, own: Partial<EngineOptions> = options): AgentKeeper => {
    const engine = engineId(id);
    const keeper = new AgentKeeper({ store, clock, log, table, probes: { detect, sessions }, engine: () => engine, options: { kind: 'window', roots: ['/lab'], runsTasks: true, ...own }, onCommitted: () => world.commits++ });
    t.after(() => keeper.dispose());
    return keeper;
  };
  const keeper = keeperOf(1);
  const state = (name: AgentName): AgentState | undefined => store.agents.all().find((row) => row.state.name === name)?.state;
  const set = (more: AgentState): void => store.write(() => store.agents.set(more));
  const told = (): readonly string[] => store.decisions.between({ from: 0, to: START * 9 }, 99).map(({ what }) => what).reverse();
  const prompt = (agent: Prompt['agent'] = 'auto', type = 'prompt') => memory.add({ type, work: { kind: 'prompt', prompt: 'Tidy up', agent, context: [] } });
  return { memory, store, clock, table, found, world, keeper, keeperOf, state, set, told, prompt, log };
}

void test('a window looks shortly after its start, not at once', async (t) => {
  const { keeper, world, clock, state } = setting(t);
  keeper.start();
  await clock.advance(1000);
  assert.equal(world.looks, 0);
  await clock.advance(5000);
  assert.deepEqual([world.looks, state('claude')?.status, state('autogen')?.status, state('vscode')?.status], [1, 'credentials', 'notInstalled', 'notInstalled']);
});

void test('what another window has just seen is not looked at again, and a command line looks only when prompts wait', async (t) => {
  const { keeper, keeperOf, world, clock } = setting(t);
  keeper.start();
  await clock.advance(5000);
  keeperOf(2).start();
  await clock.advance(5000);
  assert.equal(world.looks, 1);
  const other = setting(t, { kind: 'cli' });
  other.keeper.start();
  other.keeper.beat(false);
  await other.clock.advance(100_000);
  assert.equal(other.world.looks, 0);
  other.prompt();
  other.keeper.beat(false);
  await other.clock.advance(1);
  assert.equal(other.world.looks, 1);
});

void test('while prompts wait and nobody is there, it looks again each minute; with somebody there it does not', async (t) => {
  const { keeper, world, clock, found, prompt } = setting(t);
  found.set('claude', { status: 'notInstalled' });
  prompt();
  for (let second = 0; second < 190; second++) {
    keeper.beat(false);
    await clock.advance(1000);
  }
  assert.equal(world.looks, 4);
  found.set('claude', { status: 'credentials' });
  for (let second = 0; second < 190; second++) {
    keeper.beat(false);
    await clock.advance(1000);
  }
  assert.equal(world.looks, 5);
});

void test('in Restricted Mode nothing is looked at, and who asks is told why', async (t) => {
  const { keeper, world, clock, prompt, set } = setting(t, { runsTasks: false });
  set({ name: 'claude', status: 'credentials', program: '/bin/claude', version: '2.1.329', models: [], checkedAt: 0 });
  keeper.start();
  prompt();
  keeper.beat(false);
  await clock.advance(100_000);
  await keeper.calls.agents(LOOKING);
  await settled();
  assert.deepEqual([world.looks, world.listed], [0, 0]);
  await assert.rejects(keeper.calls.refreshAgents(), /Restricted Mode.*trust the workspace/);
});

void test('what runs have shown stays when an engine looks; a person who asks gives what failed another try', async (t) => {
  const { keeper, set, state } = setting(t);
  const ran: AgentState = { name: 'claude', status: 'failing', why: 'it broke off', byRun: true, program: '/bin/claude', version: '2.1.329', models: [], checkedAt: 1 };
  set(ran);
  await keeper.looks.look(false);
  assert.deepEqual([state('claude')?.status, state('claude')?.checkedAt], ['failing', START]);
  await keeper.calls.refreshAgents();
  assert.equal(state('claude')?.status, 'credentials');
});

void test('a question during a look is answered by another one, as that one began before it', async (t) => {
  const { keeper, world, found, state } = setting(t);
  let open = (): void => undefined;
  world.hold = new Promise((resolve) => (open = resolve));
  const first = keeper.looks.look(false);
  const second = keeper.looks.look(true);
  const third = keeper.looks.look(false);
  found.set('claude', { status: 'installed' });
  open();
  await Promise.all([first, second, third]);
  assert.deepEqual([world.looks, state('claude')?.status], [2, 'installed']);
});

void test('those that did not answer in time are asked again, three times at most', async (t) => {
  const { keeper, world, clock, found } = setting(t);
  found.set('claude', { status: 'installed', isSure: false });
  await keeper.looks.look(false);
  await clock.advance(10_000);
  assert.equal(world.looks, 2);
  await clock.advance(600_000);
  assert.equal(world.looks, 4);
});

void test('a limit ends at its time by itself, once, and is told', async (t) => {
  const { keeper, keeperOf, set, state, clock, log, store } = setting(t);
  set({ name: 'claude', status: 'limited', until: START + 5000, why: 'full', byRun: true, models: [], checkedAt: 1 });
  const second = keeperOf(2);
  await clock.advance(4999);
  keeper.beat(false);
  assert.equal(state('claude')?.status, 'limited');
  await clock.advance(1);
  const before = store.revision();
  keeper.beat(false);
  second.beat(false);
  assert.deepEqual([state('claude')?.status, state('claude')?.until, store.revision() > before], ['credentials', undefined, true]);
  assert.deepEqual(log.lines.filter((line) => line.includes('is over')), ['info Agents: the limit of Claude Code is over']);
});

void test('each change of the mode is told once on the machine, with its reason, in the log and among the decisions', async (t) => {
  const { keeper, keeperOf, told, log, prompt, memory } = setting(t);
  const second = keeperOf(2);
  const beat = (): void => [keeper, second].forEach((each) => each.beat(false));
  beat();
  assert.deepEqual(told(), []);
  await keeper.looks.look(false);
  beat();
  beat();
  const id = prompt('autogen');
  beat();
  keeper.windowModels.set([SONNET]);
  beat();
  memory.finish(id);
  await keeper.calls.pinExecutionMode('no-agent');
  await keeper.calls.pinExecutionMode('no-agent');
  await keeper.calls.pinExecutionMode(undefined);
  beat();
  assert.deepEqual(told(), [
    'execution mode `claude-only`: All prompts go to Claude Code: Claude Code is there; AutoGen is not installed; VS Code offers no model.',
    'execution mode `claude-only` → `takeover`: Claude Code takes over what would be for AutoGen: Claude Code is there; AutoGen is not installed; VS Code offers no model.',
    'execution mode `takeover` → `supplement`: Claude Code takes what is more than VS Code can take: Claude Code is there; AutoGen is not installed; VS Code is there.',
    'execution mode `supplement` → `no-agent`: A person pinned it; otherwise it would be `supplement`: Claude Code takes what is more than VS Code can take: Claude Code is there; AutoGen is not installed; VS Code is there.',
    'execution mode `no-agent` → `supplement`: Claude Code takes what is more than VS Code can take: Claude Code is there; AutoGen is not installed; VS Code is there.',
  ]);
  assert.deepEqual(log.lines.filter((line) => line.includes('execution mode `')).length, 6);
});

void test('what a file pins goes with it, for whoever looks next; what a person pinned meanwhile stays', async (t) => {
  const { keeper, keeperOf, store, log } = setting(t);
  const root = tempFolder(t);
  const [file, elsewhere] = [path.join(root, 'one', 'claude_parallel_config.json'), path.join(root, 'two', 'claude_parallel_config.json')];
  for (const each of [file, elsewhere]) {
    mkdirSync(path.dirname(each));
    writeFileSync(each, '{}');
  }
  const [one, two] = [[path.dirname(file)], [path.dirname(elsewhere)]];
  const pin = (): unknown => [store.settings.pinnedMode(), store.settings.pinnedBy()];
  await keeper.calls.syncFileMode(one, { mode: 'no-agent', file });
  assert.deepEqual(pin(), ['no-agent', file]);
  assert.ok((await keeper.calls.agents()).reason.startsWith(`${file} pinned it`));
  await keeper.calls.syncFileMode(two, undefined);
  assert.deepEqual(pin(), ['no-agent', file]);
  // A later window, over the same files.
  const later = keeperOf(2).calls;
  await later.syncFileMode(one, undefined, [file]);
  assert.deepEqual(pin(), ['no-agent', file]);
  await later.syncFileMode(one, undefined);
  assert.deepEqual(pin(), [undefined, undefined]);

  await later.syncFileMode(one, { mode: 'takeover', file });
  await later.pinExecutionMode('claude-only');
  await later.syncFileMode(one, { mode: 'takeover', file });
  assert.deepEqual(pin(), ['claude-only', undefined]);
  await later.syncFileMode(one, undefined);
  assert.deepEqual(pin(), ['claude-only', undefined]);

  await later.syncFileMode(one, { mode: 'takeover', file });
  await later.syncFileMode(two, { mode: 'supplement', file: elsewhere });
  await later.syncFileMode(one, { mode: 'takeover', file });
  assert.deepEqual(pin(), ['supplement', elsewhere]);
  rmSync(elsewhere);
  await later.syncFileMode(one, { mode: 'takeover', file });
  assert.deepEqual(pin(), [undefined, undefined]);
  assert.ok(log.lines.includes(`info Agents: ${elsewhere} pinned the execution mode \`supplement\``));
});

void test('the view tells of each agent what it has to do, and of the prompts that nobody was found for', async (t) => {
  const { keeper, prompt, memory, store } = setting(t);
  await keeper.looks.look(false);
  memory.run(prompt('auto', 'claude'));
  prompt('claude', 'claude');
  prompt('auto', 'autogen');
  prompt();
  store.write(() => store.agents.addTo(dayOf(START), 'claude', { runs: 1, turns: 2, tokens: 3, cost: 0.25 }));
  const view = await keeper.calls.agents();
  assert.deepEqual(view.agents.map(({ name, capacity, running, waiting, costToday }) => [name, capacity, running, waiting, costToday]), [['claude', 4, 1, 1, 0.25], ['autogen', 2, 0, 1, 0], ['vscode', 2, 0, 0, 0]]);
  assert.deepEqual([view.stranded, view.mode, view.pinned], [1, 'claude-only', undefined]);
});

void test('other settings are looked at with, the same ones are not, and wrong ones are refused', async (t) => {
  const { keeper, world } = setting(t);
  await keeper.calls.setAgentSettings(DEFAULT_AGENT_SETTINGS);
  await settled();
  await keeper.calls.setAgentSettings(DEFAULT_AGENT_SETTINGS);
  await settled();
  assert.equal(world.looks, 1);
  await keeper.calls.setAgentSettings({ ...DEFAULT_AGENT_SETTINGS, handover: 'never' });
  await settled();
  assert.equal(world.looks, 2);
  await assert.rejects(keeper.calls.setAgentSettings({ ...DEFAULT_AGENT_SETTINGS, vscode: { capacity: 1.5 } }), /capacity of `vscode`/);
  await assert.rejects(keeper.calls.setAgentSettings({ ...DEFAULT_AGENT_SETTINGS, maxCost: 0 }), /`maxCost`/);
});

void test('VS Code is there while a window offers a model, and goes with the window’s lease', (t) => {
  const { keeper, keeperOf, state, store, clock } = setting(t);
  const second = keeperOf(2);
  keeper.calls.setWindowModels([SONNET]);
  second.calls.setWindowModels([GPT, SONNET]);
  assert.deepEqual([state('vscode')?.status, state('vscode')?.models], ['credentials', ['sonnet-id', 'gpt-id']]);
  second.calls.setWindowModels([]);
  assert.deepEqual(state('vscode')?.models, ['sonnet-id']);
  second.calls.setWindowModels(undefined);
  store.write(() => withdrawModels(store, engineId(1), clock.now()));
  assert.deepEqual([state('vscode')?.status, state('vscode')?.need], ['notInstalled', 'model']);
  // It was only taken for dead.
  keeper.beat(true);
  assert.equal(state('vscode')?.status, 'credentials');
});

void test('a model that a setting names and no window offers is said to be missing', async (t) => {
  const { keeper, state } = setting(t);
  keeper.calls.setWindowModels([SONNET]);
  for (const [model, status] of [['gpt', 'installed'], ['sonnet', 'credentials'], ['sonnet-id', 'credentials']] as const) {
    await keeper.calls.setAgentSettings({ ...DEFAULT_AGENT_SETTINGS, vscode: { capacity: 2, model } });
    await settled();
    assert.equal(state('vscode')?.status, status, model);
  }
});

const session = (pid: number, cwd: string, more: Partial<ClaudeSession> = {}): ClaudeSession => ({ pid, cwd, name: undefined, status: 'idle', startedAt: pid, session: `session-${pid}`, ...more });

void test('Claude’s sessions in the workspace show unless they are ours, by process or by conversation', async (t) => {
  const { keeper, world, table, memory, store, prompt } = setting(t);
  await keeper.looks.look(false);
  const [byProcess, byReport] = [prompt('auto', 'claude'), prompt('auto', 'claude')];
  for (const id of [byProcess, byReport]) memory.run(id);
  store.write(() => {
    store.runs.setStarted(store.runs.latestOf(byProcess)!.id, ['claude'], 500, '5000', 2000);
    store.runs.setAgent(store.runs.latestOf(byReport)!.id, { agent: 'claude', evidence: { type: 'completed' }, session: 'session-30', turns: 0, inputTokens: 0, outputTokens: 0, refusals: [], filesChanged: [] });
  });
  table.add(500).add(501, { parent: 500 }).add(20, { parent: 501, group: 20 });
  world.sessions = [session(40, '/lab/deep'), session(30, '/lab'), session(20, '/lab'), session(10, '/lab'), session(9, '/elsewhere')];
  const view = await keeper.calls.refreshAgents();
  assert.deepEqual(view.sessions, [{ pid: 10, cwd: '/lab', name: undefined, status: 'idle', startedAt: 10 }, { pid: 40, cwd: '/lab/deep', name: undefined, status: 'idle', startedAt: 40 }]);
});

void test('sessions are asked for while somebody looks, at most each ten seconds, and a change is told', async (t) => {
  const { keeper, world, clock } = setting(t);
  await keeper.looks.look(false);
  world.sessions = [session(10, '/lab')];
  const commits = world.commits;
  await keeper.calls.agents();
  assert.equal(world.listed, 0);
  assert.deepEqual((await keeper.calls.agents(LOOKING)).sessions, []);
  await settled();
  assert.equal(world.commits, commits + 1);
  assert.equal((await keeper.calls.agents(LOOKING)).sessions.length, 1);
  await clock.advance(9999);
  await keeper.calls.agents(LOOKING);
  assert.equal(world.listed, 1);
  await clock.advance(1);
  world.sessions = undefined;
  await keeper.calls.agents(LOOKING);
  await settled();
  assert.deepEqual([world.listed, world.commits, (await keeper.calls.agents(LOOKING)).sessions.length], [2, commits + 1, 1]);
});

void test('without Claude nobody is asked for sessions', async (t) => {
  const { keeper, world, found } = setting(t);
  found.set('claude', { status: 'notInstalled' });
  await keeper.calls.refreshAgents();
  assert.equal(world.listed, 0);
});

void test('the engine of a prompt’s runner keeps out of all this', async (t) => {
  const { keeper, world, clock, prompt, set, state } = setting(t, { kind: 'agent', runsTasks: false });
  set({ name: 'claude', status: 'limited', until: START - 1, models: [], checkedAt: 0 });
  prompt();
  keeper.start();
  keeper.beat(false);
  await clock.advance(100_000);
  assert.deepEqual([world.looks, state('claude')?.status], [0, 'limited']);
});
