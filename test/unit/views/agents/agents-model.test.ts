import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgentsView } from '../../../../src/core/model/agents/agents-view.ts';
import { AgentWatch } from '../../../../src/host/agents/agent-watch.ts';
import { AgentsModel } from '../../../../src/views/agents/agents-model.ts';
import { FakeEngine } from '../../../support/fake-engine.ts';
import { sampleAgent, sampleAgents } from '../../../support/sample-agents.ts';
import { ManualClock } from '../manual-clock.ts';

const NOW = 1_900_000_000_000;

function harness(view: AgentsView) {
  const engine = new FakeEngine();
  engine.agentsNow = view;
  const clock = new ManualClock(NOW);
  const asked: boolean[] = [];
  const world = { failure: undefined as Error | undefined };
  const agents = (options?: { readonly sessions: boolean }): Promise<AgentsView> => {
    asked.push(options?.sessions ?? false);
    return world.failure === undefined ? engine.agents() : Promise.reject(world.failure);
  };
  const errors: unknown[] = [];
  const watch = new AgentWatch({ engine: { agents, refreshAgents: () => engine.refreshAgents(), onDidChange: engine.onDidChange }, clock, onError: (error) => errors.push(error) });
  const model = new AgentsModel({ watch, roots: () => ['/lab'], clock });
  const redraws: string[] = [];
  model.onDidRedraw((redraw) => redraws.push(redraw === 'all' ? 'all' : redraw.map(({ face }) => face.label).join(', ')));
  const change = async (next: AgentsView): Promise<void> => {
    engine.agentsNow = next;
    engine.changes.fire({ revision: 0, tasks: [] });
    await clock.advance(1000);
  };
  const text = (): readonly string[] =>
    model.rows.flatMap((row) => [`${row.face.label} | ${row.face.description}`, ...model.children(row).map(({ face }) => `  ${face.label} | ${face.description}`)]);
  return { engine, world, clock, watch, model, redraws, change, text, asked, errors };
}

void test('until agents were looked for there is no row, so that the welcome shows', async () => {
  const { watch, text } = harness(sampleAgents({ agents: [] }));
  assert.deepEqual(text(), []);
  await watch.read();
  assert.deepEqual(text(), []);
});

void test('the mode comes first, then the agents with what they lack and their models, then sessions of others', async () => {
  const session = { pid: 812, cwd: '/lab/src', name: 'tidy', status: 'idle', startedAt: NOW - 60_000 };
  const { watch, text } = harness(sampleAgents({ sessions: [session], agents: [...sampleAgents().agents.slice(0, 2), sampleAgent('vscode', { status: 'credentials', models: ['sonnet', 'gpt'] })] }));
  await watch.read();
  assert.deepEqual(text(), [
    'Claude Only | Claude Code is there.',
    'Claude Code | ready · 2.1.329 · 4 at once',
    'AutoGen | not installed',
    '  Install AutoGen… | python3 does not have it',
    'VS Code | ready, not tried yet · 2 at once',
    '  sonnet | ',
    '  gpt | ',
    'tidy | idle · src · 1 min · process 812',
  ]);
});

void test('only the row that changed is drawn again, and keeps its node', async () => {
  const { watch, model, redraws, change } = harness(sampleAgents());
  await watch.read();
  const before = model.rows[1];
  redraws.length = 0;
  await change(sampleAgents({ agents: [sampleAgent('claude', { version: '2.1.329', capacity: 4, running: 1 }), ...sampleAgents().agents.slice(1)] }));
  assert.deepEqual([redraws, model.rows[1] === before], [['Claude Code'], true]);
  await change(sampleAgents({ agents: [sampleAgent('claude', { version: '2.1.329', capacity: 4, running: 1, models: ['opus'] }), ...sampleAgents().agents.slice(1)] }));
  assert.deepEqual(redraws, ['Claude Code', 'Claude Code']);
  await change(sampleAgents({ agents: [sampleAgent('claude', { version: '2.1.329', capacity: 4, running: 1, models: ['opus'], checkedAt: 5 }), ...sampleAgents().agents.slice(1)] }));
  assert.deepEqual(redraws.length, 2);
});

void test('a session that comes or goes moves the rows', async () => {
  const { watch, redraws, change } = harness(sampleAgents());
  await watch.read();
  redraws.length = 0;
  await change(sampleAgents({ sessions: [{ pid: 1, cwd: '/lab', name: undefined, status: 'idle', startedAt: undefined }] }));
  await change(sampleAgents());
  assert.deepEqual(redraws, ['all', 'all']);
});

void test('ages go on while somebody sees them', async () => {
  const { watch, model, redraws, clock } = harness(sampleAgents({ sessions: [{ pid: 1, cwd: '/lab', name: 'tidy', status: 'idle', startedAt: NOW - 600_000 }] }));
  await watch.read();
  redraws.length = 0;
  await clock.advance(120_000);
  assert.deepEqual(redraws, []);
  model.setVisible(true);
  await clock.advance(60_000);
  assert.deepEqual(redraws, ['tidy', 'tidy']);
  model.setVisible(false);
  await clock.advance(600_000);
  assert.equal(redraws.length, 2);
});

void test('sessions of others are asked for while somebody sees them, and at once when somebody begins to', async () => {
  const { watch, asked, clock, change } = harness(sampleAgents());
  await change(sampleAgents({ stranded: 1 }));
  assert.deepEqual(asked, [false]);
  watch.setSeen(true);
  await clock.advance(31_000);
  assert.deepEqual(asked, [false, true, true, true]);
  watch.setSeen(false);
  await clock.advance(60_000);
  assert.equal(asked.length, 4);
});

void test('a burst of changes is read once, what fails is told, and what follows is read again', async () => {
  const { engine, world, clock, watch, asked, errors } = harness(sampleAgents());
  for (let n = 0; n < 50; n++) engine.changes.fire({ revision: n, tasks: [] });
  await clock.advance(1000);
  assert.equal(asked.length, 1);
  world.failure = new Error('gone');
  engine.changes.fire({ revision: 0, tasks: [] });
  await clock.advance(1000);
  world.failure = undefined;
  let told = 0;
  watch.onDidChange(() => told++);
  engine.agentsNow = sampleAgents({ mode: 'takeover' });
  engine.changes.fire({ revision: 0, tasks: [] });
  await clock.advance(1000);
  assert.deepEqual([errors.length, told, watch.view?.mode], [1, 1, 'takeover']);
});

void test('nothing is left waiting when it is disposed of', () => {
  const { watch, model, clock, engine } = harness(sampleAgents());
  watch.setSeen(true);
  model.setVisible(true);
  engine.changes.fire({ revision: 0, tasks: [] });
  model.dispose();
  watch.dispose();
  assert.deepEqual([clock.pending, engine.changes.size], [0, 0]);
});
