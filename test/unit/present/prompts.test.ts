import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgentReport } from '../../../src/core/model/agents/agent-evidence.ts';
import { sumReports } from '../../../src/core/model/agents/prompt-spent.ts';
import type { Prompt } from '../../../src/core/model/spec.ts';
import { describeWait } from '../../../src/core/present/tasks/describe-wait.ts';
import { presentRun } from '../../../src/core/present/tasks/present-run.ts';
import { presentTask } from '../../../src/core/present/tasks/present-task.ts';
import { agentOf, promptFacts } from '../../../src/core/present/agents/prompt-facts.ts';
import { taskDetails } from '../../../src/core/present/tasks/task-details.ts';
import { taskTooltip } from '../../../src/core/present/tasks/task-tooltip.ts';
import { sampleReport } from '../../support/agents/sample-report.ts';
import { NOW, running, sampleRun, sampleTask, succeeded, type Sample } from './sample-task.ts';

const work: Prompt = { kind: 'prompt', prompt: 'Add **tests**', agent: 'auto', context: [] };
const report = sampleReport({ type: 'completed' }, { model: 'sonnet-4', session: 's1', costUsd: 0.254, inputTokens: 12_340, outputTokens: 900, filesChanged: ['/home/ada/lab/a.py'], answer: 'All\ndone.' });
const turnedAway = sampleReport({ type: 'rateLimited', until: NOW + 600_000 }, { agent: 'autogen', turns: 1 });

function prompt(sample: Sample, reports: readonly AgentReport[] = []): ReturnType<typeof sampleTask> {
  const { spec, ...rest } = sample;
  return sampleTask({ ...rest, spec: { name: 'Add tests', work, args: [], type: 'claude', ...spec }, ...(reports.length > 0 && { spent: sumReports(reports) }) });
}

const ROWS: readonly (readonly [says: string, view: ReturnType<typeof sampleTask>, row: string])[] = [
  ['a prompt at work shows its agent, and what it came to so far', prompt({ state: running, run: { agent: report, cores: 0.1 } }, [report]), '0:42 · Claude Code · 3 turns · $0.25 · 1 file changed | running, Claude Code | task cancelable hasTerminal hasLog'],
  ['one that has just begun shows its agent', prompt({ state: running, run: {} }), '0:42 · Claude Code | running, Claude Code | task cancelable hasTerminal hasLog'],
  ['one that is over shows what all its runs came to', prompt({ state: succeeded, attempts: 2, run: { endedAt: NOW, agent: report } }, [turnedAway, report]), '0:42 · 4 turns · $0.25 · 1 file changed · 3 min ago | succeeded | task retryable followable hasLog'],
  [
    'one that was refused says so',
    prompt({ state: { ...succeeded, outcome: { type: 'failed', reason: 'agent', agent: 'claude', evidence: { type: 'refused', why: 'not that' } } }, run: { endedAt: NOW } }),
    'failed (Claude Code declined: not that) · 0:42 · 3 min ago | failed (Claude Code declined: not that) | task retryable followable hasLog',
  ],
  [
    'one that waits says for whom',
    prompt({ spec: { type: 'prompt' }, wait: { type: 'agent', agent: 'auto', status: 'limited', why: 'Claude Code (its service takes no more for now)', until: NOW + 600_000 } }),
    'for an agent: Claude Code (its service takes no more for now), back in 10 min | waits for an agent: Claude Code (its service takes no more for now), back in 10 min | task cancelable holdable',
  ],
  ['one in a file of its own can be opened', prompt({ spec: { work: { ...work, file: '/home/ada/lab/a.prompt.md' } }, wait: { type: 'next' } }), 'starts next | starts next | task cancelable holdable hasScript'],
];
for (const [says, view, row] of ROWS) {
  test(says, () => {
    const { description, accessibility, contextValue } = presentTask(view, NOW);
    assert.equal([description, accessibility.replace('Add tests, ', ''), contextValue].join(' | '), row);
  });
}

test('prompts stand under the agent that has them, scripts under theirs', () => {
  const specs = [{ type: 'claude' }, { type: 'prompt' }, { type: 'prompt', work: { ...work, agent: 'vscode' } as const }].map((spec) => prompt({ spec }).task.spec);
  assert.deepEqual([...specs, sampleTask({ spec: { agent: 'AI_Agent_1' } }).task.spec].map(agentOf), ['Claude Code', undefined, 'VS Code', 'AI_Agent_1']);
});

test('a full agent is told by its name', () => {
  assert.equal(describeWait({ type: 'typeLimit', taskType: 'autogen', limit: 2, running: 2 }, NOW), 'waits for AutoGen: 2 of 2 prompts at work');
});

test('runs tell their agent, how they ended, and from whom they were taken over', () => {
  const { task } = prompt({});
  const face = (run: Parameters<typeof sampleRun>[0]) => presentRun(sampleRun({ endedAt: NOW, ...run }), task, NOW);
  const away = face({ agent: turnedAway, outcome: { type: 'failed', reason: 'agent', agent: 'autogen', evidence: turnedAway.evidence } });
  assert.deepEqual([away.icon, away.description.replace(/until [^)]*/, 'until …')], ['history', 'failed (AutoGen is limited until …) · 0:42 · 1 turn']);
  assert.equal(face({ agent: report, handover: { from: 'autogen', why: 'its service takes no more for now' }, outcome: { type: 'succeeded' } }).description, 'Claude Code · succeeded · 0:42 · 3 turns · $0.25 · 1 file changed · took over from AutoGen: its service takes no more for now');
});

test('all there is to know of a prompt: what it may do, who had it, what it came to in all its runs', () => {
  const refusal = { tool: 'Edit', path: '/home/ada/lab/b.py', why: 'held by “Sweep”' };
  const last = { ...report, refusals: [refusal] };
  const view = prompt({
    state: succeeded, run: { endedAt: NOW, agent: last, handover: { from: 'autogen', why: 'it is not installed' } },
    spec: { work: { ...work, agent: 'autogen', model: 'sonnet', handover: 'allow', maxTurns: 9, maxCost: 2, follows: 3, context: ['/home/ada/lab/README.md'] } },
  }, [turnedAway, last]);
  assert.deepEqual(promptFacts(view), [
    ['For', 'AutoGen, model sonnet'],
    ['At most', '9 turns, $2.00'],
    ['Follows', '#3'],
    ['Given to read', '/home/ada/lab/README.md'],
    ['Agent', 'Claude Code, sonnet-4, session s1'],
    ['Handed over', 'took over from AutoGen: it is not installed'],
    ['Spent', '4 turns, $0.25, 13.3k tokens read, 1.1k written, in 2 runs'],
    ['Changed', 'a.py'],
    ['Said last', 'All done.'],
    ['Refused', 'Edit b.py: held by “Sweep”'],
  ]);
  assert.deepEqual(promptFacts(sampleTask({})), []);
  const page = taskTooltip(view, { now: NOW, stderrTail: '', locale: 'en-GB' });
  assert.match(page, /```markdown\nAdd \*\*tests\*\*\n```/);
  assert.match(page, /\| Changed \| a\\\.py \|/);
  const details = taskDetails({ ...view, runs: [sampleRun({ agent: turnedAway, endedAt: NOW, outcome: { type: 'failed', reason: 'agent', agent: 'autogen', evidence: turnedAway.evidence } }), view.run!], upstream: [] }, NOW);
  assert.match(details, /- Spent: 4 turns, \$0\.25/);
  assert.match(details, /- Run 1: Claude Code, took over from AutoGen: it is not installed, running, .*3 turns, \$0\.25, 1 refused, 1 file changed/);
});
