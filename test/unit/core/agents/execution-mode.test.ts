import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideMode, executionMode, type ModeFacts } from '../../../../src/core/agents/execution-mode.ts';
import { AGENT_LABELS, AGENT_NAMES, isAvailable, type AgentName, type AgentState } from '../../../../src/core/model/agents/agent.ts';
import type { ExecutionMode } from '../../../../src/core/model/agents/execution-mode.ts';

const NOW = Date.UTC(2030, 0, 31, 12);
const DAY = 86_400_000;

type Variant = (name: AgentName) => AgentState | undefined;
const known = (name: AgentName): Pick<AgentState, 'name' | 'models' | 'checkedAt'> => ({ name, models: [], checkedAt: NOW });
/** Each state that an agent can be in, as far as the mode can tell them apart. */
const VARIANTS: Readonly<Record<string, Variant>> = {
  unknown: () => undefined,
  notInstalled: (name) => ({ ...known(name), status: 'notInstalled' }),
  gone: (name) => ({ ...known(name), status: 'notInstalled', provedAt: NOW - DAY / 2 }),
  goneLongAgo: (name) => ({ ...known(name), status: 'notInstalled', provedAt: NOW - 2 * DAY }),
  installed: (name) => ({ ...known(name), status: 'installed', why: 'nobody is logged in' }),
  credentials: (name) => ({ ...known(name), status: 'credentials' }),
  proved: (name) => ({ ...known(name), status: 'proved', provedAt: NOW - 1000 }),
  limited: (name) => ({ ...known(name), status: 'limited', until: NOW + 3_600_000 }),
  limitedForNow: (name) => ({ ...known(name), status: 'limited' }),
  limitOver: (name) => ({ ...known(name), status: 'limited', until: NOW }),
  failing: (name) => ({ ...known(name), status: 'failing', why: 'it broke off' }),
};
const THERE = ['credentials', 'proved', 'limitOver'];
const MISSED = ['gone', 'limited', 'limitedForNow', 'failing'];
const WANTED: readonly (readonly AgentName[])[] = [[], ['claude'], ['autogen'], ['vscode'], ['autogen', 'vscode']];
const PINS: readonly (ExecutionMode | undefined)[] = [undefined, 'claude-only', 'supplement', 'takeover', 'no-agent'];

interface Row {
  readonly kinds: readonly [claude: string, autogen: string, vscode: string];
  readonly facts: ModeFacts;
}

function* allRows(): Generator<Row> {
  for (const claude of Object.keys(VARIANTS))
    for (const autogen of Object.keys(VARIANTS))
      for (const vscode of Object.keys(VARIANTS))
        for (const wanted of WANTED)
          for (const pinned of PINS) {
            const agents = [VARIANTS[claude]!('claude'), VARIANTS[autogen]!('autogen'), VARIANTS[vscode]!('vscode')].filter((state) => state !== undefined);
            yield { kinds: [claude, autogen, vscode], facts: { agents, wanted, pinned, now: NOW } };
          }
}

/** The rule as a person would tell it, over the names of the states. */
function expected({ kinds: [claude, ...others], facts: { wanted, pinned } }: Row): ExecutionMode {
  if (pinned !== undefined) return pinned;
  if (others.some((kind) => THERE.includes(kind))) return 'supplement';
  if (!THERE.includes(claude)) return 'no-agent';
  return others.some((kind) => MISSED.includes(kind)) || wanted.some((name) => name !== 'claude') ? 'takeover' : 'claude-only';
}

void test('the mode follows from the states of the agents, who is asked for and what is pinned: all of them', () => {
  const wrong: string[] = [];
  let rows = 0;
  for (const row of allRows()) {
    rows++;
    const mode = executionMode(row.facts);
    const decision = decideMode(row.facts);
    if (mode !== expected(row) || decision.mode !== mode) wrong.push(`${row.kinds.join(', ')}, wanted ${row.facts.wanted.join('+')}, pinned ${row.facts.pinned}: ${mode}, expected ${expected(row)}`);
  }
  assert.deepEqual([rows, wrong], [11 ** 3 * 5 * 5, []]);
});

void test('the reason names every agent, says of each whether it is there, and what follows', () => {
  for (const { facts, kinds } of allRows()) {
    const { reason } = decideMode(facts);
    assert.match(reason, /^[A-Z].*\.$/);
    for (const [index, name] of AGENT_NAMES.entries()) {
      const state = facts.agents.find((agent) => agent.name === name);
      assert.equal(reason.includes(`${AGENT_LABELS[name]} is there`), state !== undefined && isAvailable(state, NOW), `${kinds[index]}: ${reason}`);
      assert.ok(reason.includes(AGENT_LABELS[name]), reason);
    }
    assert.equal(reason.includes('pinned'), facts.pinned !== undefined);
  }
});

const states = (claude: string, autogen: string, vscode: string): readonly AgentState[] => [VARIANTS[claude]!('claude')!, VARIANTS[autogen]!('autogen')!, VARIANTS[vscode]!('vscode')!];
const decide = (agents: readonly AgentState[], more: Partial<ModeFacts> = {}): string => {
  const { mode, reason } = decideMode({ agents, wanted: [], pinned: undefined, now: NOW, ...more });
  return `${mode}: ${reason}`;
};

void test('reasons read like this', () => {
  assert.deepEqual(
    [
      decide(states('proved', 'notInstalled', 'notInstalled')),
      decide(states('credentials', 'credentials', 'proved')),
      decide(states('installed', 'credentials', 'notInstalled')),
      decide(states('credentials', 'gone', 'failing')),
      decide(states('credentials', 'notInstalled', 'notInstalled'), { wanted: ['vscode'] }),
      decide(states('installed', 'notInstalled', 'notInstalled')),
      decide([]),
      decide(states('credentials', 'notInstalled', 'notInstalled'), { pinned: 'no-agent' }),
      decide(states('credentials', 'notInstalled', 'notInstalled'), { pinned: 'claude-only' }),
    ],
    [
      'claude-only: All prompts go to Claude Code: Claude Code is there; AutoGen is not installed; VS Code offers no model.',
      'supplement: Claude Code takes what is more than AutoGen and VS Code can take: Claude Code is there; AutoGen is there; VS Code is there.',
      'supplement: Prompts go to AutoGen: Claude Code cannot be used yet (nobody is logged in); AutoGen is there; VS Code offers no model.',
      'takeover: Claude Code takes over what would be for AutoGen and VS Code: Claude Code is there; AutoGen is not installed; VS Code fails.',
      'takeover: Claude Code takes over what would be for VS Code: Claude Code is there; AutoGen is not installed; VS Code offers no model.',
      'no-agent: Prompts wait, scripts run: Claude Code cannot be used yet (nobody is logged in); AutoGen is not installed; VS Code offers no model.',
      'no-agent: Prompts wait, scripts run: Claude Code was not looked for yet; AutoGen was not looked for yet; VS Code was not looked for yet.',
      'no-agent: A person pinned it; otherwise it would be `claude-only`: All prompts go to Claude Code: Claude Code is there; AutoGen is not installed; VS Code offers no model.',
      'claude-only: A person pinned it, and it would be the same otherwise: All prompts go to Claude Code: Claude Code is there; AutoGen is not installed; VS Code offers no model.',
    ],
  );
});

void test('a limit says until when: the time within a day, the date else', () => {
  const at = (until: number): string => decide([{ ...known('claude'), status: 'limited', until }]);
  const local = new Date(2030, 0, 31, 12).getTime();
  assert.match(decide([{ ...known('claude'), status: 'limited', until: local + 9_000_000 }], { now: local }), /limited until 14:30;/);
  assert.match(at(NOW + 3 * DAY), /limited until 2030-02-0\d \d\d:\d\d;/);
});
