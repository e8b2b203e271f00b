import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { AgentEvidence, AgentReport } from '../../../../src/core/model/agents/agent-evidence.ts';
import type { AgentSettings } from '../../../../src/core/model/agents/agent-settings.ts';
import { isAvailable, type AgentName, type AgentState } from '../../../../src/core/model/agents/agent.ts';
import { taskId } from '../../../../src/core/model/ids.ts';
import { describeWait } from '../../../../src/core/present/tasks/describe-wait.ts';
import { sampleAgent, withCapacities } from '../../../support/agents/sample-agents.ts';
import { readRequest, sampleReport, writeReport } from '../../../support/agents/sample-report.ts';
import { ClockedEngine } from '../../../support/clocked-engine.ts';

const MINUTE = 60_000;
/** Whatever else this machine does, there is room for them. */
const SMALL = { command: undefined, cpu: 0.01, memory: '1 MB' };
const DONE: AgentEvidence = { type: 'completed' };

/** An engine that knows these agents. */
async function opened(t: TestContext, agents: readonly AgentState[], settings: AgentSettings = withCapacities({})): Promise<ClockedEngine> {
  const engine = await ClockedEngine.open(t);
  // However busy this machine is.
  await engine.engine.machine.pinStrategy('normal');
  await know(engine, agents, settings);
  return engine;
}

async function know(clocked: ClockedEngine, agents: readonly AgentState[], settings: AgentSettings = withCapacities({})): Promise<void> {
  clocked.store.write(() => {
    for (const agent of agents) clocked.store.agents.set(agent);
  });
  await clocked.engine.agents.setAgentSettings(settings);
  await clocked.settle();
}

/** Ends a run as its runner would. */
async function end(engine: ClockedEngine, index: number, evidence: AgentEvidence, more: Partial<AgentReport> = {}): Promise<void> {
  const { folder } = engine.processes[index]!;
  writeReport(folder, sampleReport(evidence, { agent: readRequest(folder).agent, ...more }));
  await engine.exit(index, evidence.type === 'completed' ? 0 : 1);
}

async function waits(engine: ClockedEngine, id: number): Promise<string | undefined> {
  const { wait } = await engine.view(id);
  return wait === undefined ? undefined : describeWait(wait, engine.clock.now());
}

/** Which agent each run of a task went to, and how it ended. */
async function history(engine: ClockedEngine, id: number): Promise<readonly string[]> {
  const detail = await engine.engine.tasks.detail(taskId(id));
  return detail!.runs.map(({ agent, handover, outcome }) => `${agent?.agent ?? '-'}${handover === undefined ? '' : ` after ${handover.from}`}: ${outcome?.type === 'failed' && outcome.reason === 'agent' ? outcome.evidence.type : (outcome?.type ?? 'runs')}`);
}

const agentOf = (engine: ClockedEngine, index: number): AgentName => readRequest(engine.processes[index]!.folder).agent;
const stateOf = (engine: ClockedEngine, name: AgentName): AgentState | undefined => engine.store.agents.all().find(({ state }) => state.name === name)?.state;

void test('a prompt is carried out: the agent is told all it needs, and what it came to is kept', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'credentials', { program: '/opt/claude' })]);
  fs.writeFileSync(path.join(engine.lab, 'README.md'), '');
  const [id] = await engine.submit({ ...SMALL, prompt: 'Add tests', model: 'sonnet', context: ['README.md'], files: ['src/**'], maxTurns: 9, env: { A: '1' } });
  const request = readRequest(engine.processes[0]!.folder);
  assert.deepEqual(
    { ...request, settings: undefined, home: undefined },
    {
      task: id, name: 'Add tests', workspace: engine.lab, cwd: engine.lab, agent: 'claude', prompt: 'Add tests', model: 'sonnet', context: [path.join(engine.lab, 'README.md')],
      files: [{ path: path.join(engine.lab, 'src'), mode: 'write', glob: '**' }, { path: path.join(engine.lab, 'README.md'), mode: 'read' }],
      maxTurns: 9, earlier: [], resume: false, isTrusted: true, program: '/opt/claude', variables: ['A'], settings: undefined, home: undefined,
    },
  );
  await end(engine, 0, DONE, { session: 's1', model: 'sonnet-4', costUsd: 0.25, answer: 'Done.' });
  assert.deepEqual(await engine.outcome(id!), { type: 'succeeded' });
  const run = (await engine.view(id!)).run!;
  assert.deepEqual([run.agent?.session, run.agent?.model, run.agent?.turns, run.agent?.answer], ['s1', 'sonnet-4', 3, 'Done.']);
  assert.equal(stateOf(engine, 'claude')?.status, 'proved');
  const { agents } = await engine.engine.agents.agents();
  assert.equal(agents[0]?.costToday, 0.25);
});

void test('a prompt whose runner has ended ends once it is known that nothing of it is left', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'credentials')]);
  const [id] = await engine.submit({ ...SMALL, prompt: 'Go' });
  engine.table.isSilent = true;
  await end(engine, 0, DONE);
  assert.equal((await engine.state(id!)).status, 'running');
  engine.table.isSilent = false;
  await engine.advance(500);
  assert.deepEqual(await engine.outcome(id!), { type: 'succeeded' });
});

void test('without an agent prompts wait and say so, scripts run, and an agent that comes takes them', async (t) => {
  const engine = await opened(t, []);
  const [prompt, script] = await engine.submit({ ...SMALL, prompt: 'Go' }, {});
  assert.deepEqual([(await engine.state(prompt!)).status, (await engine.state(script!)).status], ['queued', 'running']);
  assert.equal(await waits(engine, prompt!), 'waits for an agent: none is there');
  await know(engine, [sampleAgent('claude', 'credentials')]);
  await engine.settle();
  assert.equal((await engine.state(prompt!)).status, 'running');
});

void test('a limited agent is waited for, and its prompts go on by themselves when it is back, without counting the try', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'proved')], withCapacities({ claude: 2 }));
  const ids = await engine.submit({ ...SMALL, prompt: 'One', priority: 1 }, { ...SMALL, prompt: 'Two' }, { ...SMALL, prompt: 'Three' });
  const until = engine.clock.now() + 10 * MINUTE;
  await end(engine, 0, { type: 'rateLimited', until }, { session: 's1' });
  await end(engine, 1, { type: 'rateLimited', until }, { session: 's2', turns: 0 });
  assert.deepEqual(await Promise.all(ids.map((id) => waits(engine, id))), ids.map(() => 'waits for an agent: Claude Code (its service takes no more for now), back in 10 min'));
  await engine.advance(10 * MINUTE - 100);
  assert.equal(engine.processes.length, 2);
  await engine.advance(200);
  assert.equal(engine.processes.length, 4);
  // The first is the first again, and goes on with what it had begun; the second never had.
  const [first, second] = [2, 3].map((index) => readRequest(engine.processes[index]!.folder));
  assert.deepEqual([first!.prompt, first!.resume, first!.earlier.map(({ session }) => session)], ['One', true, ['s1']]);
  assert.deepEqual([second!.prompt, second!.resume, second!.earlier], ['Two', false, []]);
  await end(engine, 2, DONE);
  await end(engine, 3, DONE);
  await end(engine, 4, DONE);
  assert.deepEqual(await Promise.all(ids.map((id) => engine.outcome(id))), ids.map(() => ({ type: 'succeeded' })));
  assert.deepEqual(await history(engine, ids[0]!), ['claude: rateLimited', 'claude: succeeded']);
  assert.deepEqual([engine.store.tasks.get(ids[0]!)!.attempts, engine.store.tasks.get(ids[0]!)!.tries], [2, 1]);
});

void test('a limit without a time, or with one that is over, is no reason to ask again at once', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'proved')]);
  await engine.submit({ ...SMALL, prompt: 'Go' });
  for (const until of [undefined, engine.clock.now() - 1]) {
    const before = engine.processes.length;
    await end(engine, before - 1, { type: 'rateLimited', until });
    await engine.advance(20_000);
    assert.equal(engine.processes.length, before);
    await engine.advance(10 * MINUTE);
    assert.equal(engine.processes.length, before + 1);
  }
});

void test('another agent goes on with the conversation and the changes, and the history says who and why', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'proved'), sampleAgent('autogen', 'proved')], withCapacities({ autogen: 1 }));
  const [id] = await engine.submit({ ...SMALL, prompt: 'Refactor', agent: 'claude' });
  const until = engine.clock.now() + 60 * MINUTE;
  await end(engine, 0, { type: 'rateLimited', until }, { session: 's1', filesChanged: ['/lab/a.ts'] });
  assert.equal(agentOf(engine, 1), 'autogen');
  const { earlier, resume } = readRequest(engine.processes[1]!.folder);
  assert.deepEqual([earlier, resume], [[{ agent: 'claude', session: 's1', folder: engine.processes[0]!.folder, isOther: false }], true]);
  await end(engine, 1, DONE);
  assert.deepEqual(await history(engine, id!), ['claude: rateLimited', 'autogen after claude: succeeded']);
  const detail = await engine.engine.tasks.detail(id!);
  assert.equal(detail!.runs[1]!.handover?.why, 'its service takes no more for now');
});

void test('what may not be handed over waits for its own agent', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'proved'), sampleAgent('autogen', 'proved')]);
  const [id] = await engine.submit({ ...SMALL, prompt: 'Mine', agent: 'claude', handover: 'never' });
  await end(engine, 0, { type: 'overloaded', status: 529 });
  assert.equal(engine.processes.length, 1);
  assert.match((await waits(engine, id!))!, /^waits for Claude Code: its service is overloaded, back in/);
  await engine.advance(5 * MINUTE);
  assert.deepEqual([engine.processes.length, agentOf(engine, 1)], [2, 'claude']);
});

void test('Claude takes over what others cannot carry out, and gives back what it has not begun when they return', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'proved'), sampleAgent('autogen', 'proved')], withCapacities({ claude: 1, autogen: 1 }));
  const ids = await engine.submit(...['A', 'B', 'C', 'D'].map((prompt) => ({ ...SMALL, prompt, agent: 'autogen' })));
  const classes = (): readonly string[] => ids.map((id) => engine.store.tasks.get(id)!.spec.type);
  assert.deepEqual(classes(), ['autogen', 'autogen', 'autogen', 'autogen']);
  await end(engine, 0, { type: 'unreachable' }, { turns: 0 });
  assert.deepEqual([classes(), agentOf(engine, 1)], [['claude', 'claude', 'claude', 'claude'], 'claude']);
  assert.equal((await engine.engine.agents.agents()).mode, 'takeover');
  await engine.advance(2 * MINUTE);
  assert.deepEqual([classes(), agentOf(engine, 2)], [['claude', 'autogen', 'autogen', 'autogen'], 'autogen']);
  await end(engine, 1, DONE);
  await end(engine, 2, DONE);
  await end(engine, 3, DONE);
  await end(engine, 4, DONE);
  assert.deepEqual(await Promise.all(ids.map((id) => history(engine, id))), [['autogen: unreachable', 'claude after autogen: succeeded'], ['autogen: succeeded'], ['autogen: succeeded'], ['autogen: succeeded']]);
});

void test('others are given what they can carry out at once, Claude the rest, and what is free first goes to the head of the queue', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'proved'), sampleAgent('autogen', 'proved')], withCapacities({ claude: 1, autogen: 1 }));
  await engine.submit(...['A', 'B', 'C', 'D'].map((prompt) => ({ ...SMALL, prompt })));
  const begun = (): readonly string[] => engine.processes.map(({ folder }) => readRequest(folder)).map(({ prompt, agent }) => `${prompt} ${agent}`);
  assert.deepEqual(begun(), ['A autogen', 'B claude']);
  await end(engine, 0, DONE);
  assert.deepEqual(begun(), ['A autogen', 'B claude', 'C autogen']);
  await end(engine, 2, DONE);
  assert.deepEqual(begun(), ['A autogen', 'B claude', 'C autogen', 'D autogen']);
});

const FINAL: readonly (readonly [AgentEvidence, tries: number])[] = [
  [{ type: 'refused', why: 'it would not' }, 1],
  [{ type: 'budget', limit: 'turns' }, 1],
  [{ type: 'crashed', message: 'segfault' }, 2],
  [{ type: 'failed', message: 'bad request' }, 2],
];
for (const [evidence, tries] of FINAL) {
  void test(`a turn that ended ${evidence.type} is ${tries === 1 ? 'not tried again' : 'tried again as often as the prompt says'}, and the next prompt goes on`, async (t) => {
    const engine = await opened(t, [sampleAgent('claude', 'proved')], withCapacities({ claude: 1 }));
    const [id, next] = await engine.submit({ ...SMALL, prompt: 'Go', retries: 1, backoff: 0, priority: 'high' }, { ...SMALL, prompt: 'Next' });
    for (let index = 0; index < tries; index++) await end(engine, index, evidence);
    assert.deepEqual(await engine.outcome(id!), { type: 'failed', reason: 'agent', agent: 'claude', evidence });
    assert.equal((await engine.state(next!)).status, 'running');
  });
}

void test('a runner that leaves no report, or ends otherwise than its report says, broke off', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'proved')]);
  const ids = await engine.submit({ ...SMALL, prompt: 'A' }, { ...SMALL, prompt: 'B' }, { ...SMALL, prompt: 'C' });
  await engine.exit(0, 0);
  writeReport(engine.processes[1]!.folder, sampleReport(DONE));
  await engine.exit(1, 3);
  fs.writeFileSync(path.join(engine.processes[2]!.folder, 'agent-report.json'), '{"agent":"claude"');
  await engine.exit(2, 1);
  const messages = await Promise.all(ids.map(async (id) => {
    const outcome = await engine.outcome(id);
    return outcome?.type === 'failed' && outcome.reason === 'agent' && outcome.evidence.type === 'crashed' ? outcome.evidence.message : outcome;
  }));
  assert.deepEqual(messages, ['it left no report', 'it ended with 3, though the agent had come to an end', 'it ended with 1 and left no report']);
  assert.equal(stateOf(engine, 'claude')?.status, 'failing');
});

void test('ending a prompt says nothing against its agent, but what it spent counts', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'proved')]);
  const [id] = await engine.submit({ ...SMALL, prompt: 'Go' });
  await engine.order((tasks) => tasks.cancel([id!]));
  await end(engine, 0, { type: 'crashed', message: 'it ended before its agent did' }, { costUsd: 0.5 });
  assert.deepEqual([await engine.outcome(id!), stateOf(engine, 'claude')?.status, stateOf(engine, 'claude')?.faults], [{ type: 'cancelled' }, 'proved', undefined]);
  assert.equal((await engine.engine.agents.agents()).agents[0]?.costToday, 0.5);
});

void test('a retry goes on with the conversation or begins afresh, and its limits hold anew', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'proved')]);
  const [id] = await engine.submit({ ...SMALL, prompt: 'Go', maxTurns: 5, maxCost: 2 });
  await end(engine, 0, { type: 'unreachable' }, { session: 's1', turns: 3, costUsd: 0.5 });
  await engine.advance(5 * MINUTE);
  const second = readRequest(engine.processes[1]!.folder);
  assert.deepEqual([second.maxTurns, second.maxCost, second.resume], [2, 1.5, true]);
  await end(engine, 1, { type: 'budget', limit: 'turns' }, { session: 's1', turns: 2, costUsd: 0.25 });
  await engine.order((tasks) => tasks.retry([id!]));
  const third = readRequest(engine.processes[2]!.folder);
  assert.deepEqual([third.maxTurns, third.maxCost, third.resume, third.earlier.length], [5, 2, true, 2]);
  await end(engine, 2, DONE, { session: 's1' });
  await engine.order((tasks) => tasks.retry([id!], { afresh: true }));
  const fourth = readRequest(engine.processes[3]!.folder);
  assert.deepEqual([fourth.resume, fourth.earlier], [false, []]);
});

void test('a prompt whose limit is reached in parts does not wait for its agent', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'proved')]);
  const [id] = await engine.submit({ ...SMALL, prompt: 'Go', maxTurns: 3 });
  await end(engine, 0, { type: 'rateLimited', until: engine.clock.now() + MINUTE }, { turns: 3 });
  assert.deepEqual(await engine.outcome(id!), { type: 'failed', reason: 'agent', agent: 'claude', evidence: { type: 'budget', limit: 'turns' } });
});

void test('when a day has cost enough prompts wait for midnight, the one that was cut off goes on then', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'proved')], withCapacities({ claude: 1 }, { maxCostPerDay: 5 }));
  const now = new Date(engine.clock.now());
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
  const ids = await engine.submit({ ...SMALL, prompt: 'A', priority: 1 }, { ...SMALL, prompt: 'B', maxCost: 9, priority: 2 }, { ...SMALL, prompt: 'C' });
  await end(engine, 0, DONE, { costUsd: 3.5 });
  assert.equal(readRequest(engine.processes[1]!.folder).maxCost, 1.5);
  await end(engine, 1, { type: 'budget', limit: 'cost' }, { costUsd: 1.6, session: 's2' });
  for (const id of ids.slice(1)) assert.match((await waits(engine, id))!, /^waits for an agent: the prompts of today cost \$5\.10 of at most \$5\.00, back in/);
  await engine.advance(midnight - engine.clock.now() - 100);
  assert.equal(engine.processes.length, 2);
  await engine.advance(200);
  const next = readRequest(engine.processes[2]!.folder);
  assert.deepEqual([next.prompt, next.resume, next.maxCost], ['B', true, 5]);
});

void test('a follow-up goes on with the conversation of the prompt before, at the same agent', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'proved'), sampleAgent('autogen', 'proved')]);
  const [first] = await engine.submit({ ...SMALL, prompt: 'First', agent: 'claude' });
  const [second] = await engine.submit({ ...SMALL, prompt: 'Second', follows: `#${first}` });
  assert.equal(await waits(engine, second!), 'waits for “First”');
  await end(engine, 0, DONE, { session: 's1' });
  const request = readRequest(engine.processes[1]!.folder);
  assert.deepEqual([request.agent, request.prompt, request.resume, request.earlier], ['claude', 'Second', true, [{ agent: 'claude', session: 's1', folder: engine.processes[0]!.folder, isOther: true }]]);
  await end(engine, 1, DONE, { session: 's1' });
  await engine.order((tasks) => tasks.retry([second!], { afresh: true }));
  assert.deepEqual([agentOf(engine, 2), readRequest(engine.processes[2]!.folder).earlier], ['autogen', []]);
});

void test('a follow-up of a prompt that is gone from the list begins without it', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'proved')], withCapacities({ claude: 1 }));
  const [first] = await engine.submit({ ...SMALL, prompt: 'First' });
  await end(engine, 0, DONE, { session: 's1' });
  const [, other] = await engine.submit({ ...SMALL, prompt: 'Busy', priority: 1 }, { ...SMALL, prompt: 'Second', follows: `#${first}` });
  await engine.engine.tasks.clearFinished([engine.lab]);
  await end(engine, 1, DONE);
  assert.deepEqual([readRequest(engine.processes[2]!.folder).task, readRequest(engine.processes[2]!.folder).earlier], [other, []]);
});

void test('a script may come after a prompt, and a prompt after a script', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'proved')]);
  const [, , report] = await engine.submit({ id: 'data' }, { ...SMALL, id: 'write', prompt: 'Write', after: ['data'] }, { after: ['write'] });
  await engine.exit(0, 0);
  assert.equal(readRequest(engine.processes[1]!.folder).prompt, 'Write');
  await end(engine, 1, DONE);
  assert.equal((await engine.state(report!)).status, 'running');
});

void test('what an engine did not live to settle the next one settles the same, once', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'proved')]);
  const ids = await engine.submit({ ...SMALL, prompt: 'Done' }, { ...SMALL, prompt: 'Limited' }, { ...SMALL, prompt: 'Runs on' });
  const [done, limited, running] = engine.processes;
  const until = engine.clock.now() + 10 * MINUTE;
  await engine.engine.close();
  writeReport(done!.folder, sampleReport(DONE, { costUsd: 1 }));
  done!.exit(0);
  writeReport(limited!.folder, sampleReport({ type: 'rateLimited', until }, { costUsd: 0.5, session: 's2' }));
  limited!.exit(1);
  const next = await engine.next([running!]);
  await next.settle();
  assert.deepEqual([await next.outcome(ids[0]!), await history(next, ids[1]!), (await next.state(ids[2]!)).status], [{ type: 'succeeded' }, ['claude: rateLimited'], 'running']);
  assert.equal((await next.engine.agents.agents()).agents[0]?.costToday, 1.5);
  assert.equal(isAvailable(stateOf(next, 'claude')!, next.clock.now()), false);
  await next.advance(10 * MINUTE + 10);
  assert.equal(next.processes.length, 1);
  assert.equal(readRequest(next.processes[0]!.folder).earlier[0]?.session, 's2');
});

void test('what a run has come to so far is known while it lasts', async (t) => {
  const engine = await opened(t, [sampleAgent('claude', 'proved')]);
  const [id] = await engine.submit({ ...SMALL, prompt: 'Go' });
  writeReport(engine.processes[0]!.folder, sampleReport({ type: 'crashed', message: 'it ended before its agent did' }, { turns: 1, model: 'sonnet-4', costUsd: 0.02 }));
  await engine.advance(5000);
  const { agent, outcome } = (await engine.view(id!)).run!;
  assert.deepEqual([agent?.turns, agent?.model, agent?.costUsd, outcome], [1, 'sonnet-4', 0.02, undefined]);
  assert.equal(stateOf(engine, 'claude')?.faults, undefined);
});
