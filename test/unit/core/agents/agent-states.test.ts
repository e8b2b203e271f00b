import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settledState } from '../../../../src/core/agents/settled-state.ts';
import { stateAfterLook } from '../../../../src/core/agents/state-after-look.ts';
import { stateAfterRun } from '../../../../src/core/agents/state-after-run.ts';
import type { AgentEvidence } from '../../../../src/core/model/agents/agent-evidence.ts';
import { isAvailable, type AgentState, type AgentStatus } from '../../../../src/core/model/agents/agent.ts';

const NOW = 1_900_000_000_000;
const base: AgentState = { name: 'claude', status: 'credentials', program: '/bin/claude', version: '2.1.329', login: 'claude.ai', models: [], checkedAt: NOW - 1000 };
const found: AgentState = { ...base, checkedAt: NOW };
const proved: AgentState = { ...base, status: 'proved', provedAt: NOW - 1000, byRun: true };
const limited: AgentState = { ...base, status: 'limited', why: 'full', until: NOW + 1000, byRun: true };
const failing: AgentState = { ...base, status: 'failing', why: 'it broke off', byRun: true };
const refused: AgentState = { ...base, status: 'installed', why: 'not accepted', need: 'login', byRun: true };
const limitedForNow: AgentState = { ...base, status: 'limited', byRun: true };

const look = (stored: AgentState | undefined, state: Partial<AgentState> = {}, { isAsked = false, isSure = true } = {}): AgentStatus =>
  stateAfterLook(stored, { state: { ...found, ...state }, isSure }, isAsked).status;

void test('what a run has shown is not overwritten by a look that sees the same agent', () => {
  assert.deepEqual([proved, limited, failing, refused, limitedForNow].map((stored) => look(stored)), ['proved', 'limited', 'failing', 'installed', 'limited']);
  assert.equal(stateAfterLook(failing, { state: found, isSure: true }, false).why, 'it broke off');
});

void test('a person who asks gives what failed another try, but no look ends a limit that has a time, or takes back a proof', () => {
  assert.deepEqual([proved, limited, failing, refused, limitedForNow].map((stored) => look(stored, {}, { isAsked: true })), ['proved', 'limited', 'credentials', 'credentials', 'credentials']);
});

void test('that the agent is gone, logged out or another one counts for more than what runs have shown', () => {
  const stored = [proved, limited, failing, refused];
  assert.deepEqual(stored.map((state) => look(state, { status: 'notInstalled' })), Array(4).fill('notInstalled'));
  assert.deepEqual(stored.map((state) => look(state, { status: 'installed' })), Array(4).fill('installed'));
  for (const other of [{ version: '2.2.0' }, { program: '/opt/claude' }, { login: 'API key' }]) assert.deepEqual(stored.map((state) => look(state, other)), Array(4).fill('credentials'), JSON.stringify(other));
});

void test('when an agent last worked is kept through all looks', () => {
  assert.equal(stateAfterLook(proved, { state: { ...found, status: 'notInstalled' }, isSure: true }, false).provedAt, NOW - 1000);
  assert.equal(stateAfterLook({ ...proved, version: '1.0.0' }, { state: found, isSure: true }, false).provedAt, NOW - 1000);
});

void test('a program that does not answer in time leaves what was known, unless it is another program', () => {
  const unsure = { status: 'installed', why: 'no answer' } as const;
  assert.deepEqual([base, proved, limited].map((stored) => look(stored, unsure, { isSure: false })), ['credentials', 'proved', 'limited']);
  assert.equal(look(base, { ...unsure, program: '/opt/claude' }, { isSure: false }), 'installed');
  assert.equal(look(undefined, unsure, { isSure: false }), 'installed');
});

void test('an agent that came back after a run had missed it is there again', () => {
  assert.equal(look({ ...base, status: 'notInstalled', byRun: true }), 'credentials');
});

void test('a limit ends at its time by itself', () => {
  assert.equal(settledState(limited, NOW + 999), limited);
  const over = settledState(limited, NOW + 1000);
  assert.deepEqual(over, { ...base, status: 'credentials' });
  assert.equal(settledState(limitedForNow, NOW + 1e9), limitedForNow);
  assert.equal(look({ ...limited, until: NOW }), 'credentials');
});

const after = (evidence: AgentEvidence, before = base): AgentState => stateAfterRun(before, evidence, NOW);

void test('each end of a run says something about its agent', () => {
  const rows: readonly (readonly [AgentEvidence, AgentStatus, available: boolean])[] = [
    [{ type: 'completed' }, 'proved', true],
    [{ type: 'notInstalled', program: 'claude' }, 'notInstalled', false],
    [{ type: 'notLoggedIn' }, 'installed', false],
    [{ type: 'rateLimited', until: NOW + 5 }, 'limited', false],
    [{ type: 'rateLimited', until: undefined }, 'limited', false],
    [{ type: 'overloaded', status: 529 }, 'limited', false],
    [{ type: 'unreachable' }, 'limited', false],
    [{ type: 'refused', why: 'no' }, 'credentials', true],
    [{ type: 'budget', limit: 'turns' }, 'credentials', true],
    [{ type: 'crashed', message: 'm' }, 'credentials', true],
    [{ type: 'failed', message: 'm' }, 'credentials', true],
  ];
  for (const [evidence, status, available] of rows) {
    const state = after(evidence);
    assert.deepEqual([state.status, isAvailable(state, NOW)], [status, available], evidence.type);
    assert.deepEqual([state.program, state.version, state.login], [base.program, base.version, base.login]);
    if (status === 'limited') assert.ok(state.until !== undefined && state.until > NOW && state.why !== undefined);
  }
  assert.equal(after({ type: 'rateLimited', until: NOW + 5 }).until, NOW + 5);
});

void test('one fault may be the prompt’s, the third in a row is the agent’s, and a success between them clears it', () => {
  const fault: AgentEvidence = { type: 'crashed', message: 'it broke off' };
  const twice = after(fault, after(fault));
  assert.equal(twice.status, 'credentials');
  assert.deepEqual([after(fault, twice).status, after(fault, twice).why], ['failing', 'it broke off']);
  assert.equal(after(fault, after({ type: 'completed' }, twice)).status, 'proved');
});

void test('a success ends every trouble and leaves none of its words', () => {
  const state = after({ type: 'completed' }, { ...failing, next: 'refresh', need: 'look', faults: 3, until: 7 });
  assert.deepEqual(state, { ...base, status: 'proved', provedAt: NOW, byRun: true, checkedAt: NOW });
});
