import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runId } from '../../../../src/core/model/ids.ts';
import type { Outcome } from '../../../../src/core/model/outcome.ts';
import { currentRun, type TaskState } from '../../../../src/core/model/task.ts';
import { stoppedOutcome, transition, type TaskEvent } from '../../../../src/core/model/transition.ts';

const EXIT_2: Outcome = { type: 'failed', reason: 'exit', code: 2 };
const MISSING: Outcome = { type: 'skipped', reason: 'missing-program', program: 'blender' };
const timeout = { type: 'timeout', afterMs: 60 } as const;
const memory = { type: 'memory-limit', limit: 10, used: 11 } as const;

const STATES = {
  queued: { status: 'queued', held: false, readyAt: 5 },
  held: { status: 'queued', held: true, readyAt: 5 },
  'held for later': { status: 'queued', held: true, readyAt: 500 },
  starting: { status: 'starting', run: runId(7), claimedAt: 6 },
  running: { status: 'running', run: runId(7), startedAt: 8 },
  paused: { status: 'paused', run: runId(7), startedAt: 8, pausedAt: 20 },
  'stopping (cancel)': { status: 'stopping', run: runId(7), startedAt: 8, cause: { type: 'cancel' } },
  'stopping (timeout)': { status: 'stopping', run: runId(7), startedAt: 8, cause: timeout },
  'stopping (memory)': { status: 'stopping', run: runId(7), startedAt: 8, cause: memory },
  succeeded: { status: 'finished', outcome: { type: 'succeeded' }, finishedAt: 9 },
  failed: { status: 'finished', outcome: EXIT_2, finishedAt: 9 },
} as const satisfies Record<string, TaskState>;

const EVENTS = {
  claimed: { type: 'claimed', run: runId(9), at: 100 },
  voided: { type: 'voided', at: 100, readyAt: 50 },
  started: { type: 'started', at: 100 },
  cancel: { type: 'stopRequested', cause: { type: 'cancel' }, at: 100 },
  timeout: { type: 'stopRequested', cause: timeout, at: 100 },
  memory: { type: 'stopRequested', cause: memory, at: 100 },
  ended: { type: 'ended', outcome: EXIT_2, at: 100 },
  retried: { type: 'ended', outcome: EXIT_2, at: 100, retryAt: 300 },
  skipped: { type: 'skipped', outcome: MISSING, at: 100 },
  neverFits: { type: 'neverFits', resource: 'memory', needs: 9, has: 8, at: 100 },
  suspended: { type: 'suspended', at: 100 },
  resumed: { type: 'resumed', at: 100 },
  held: { type: 'held' },
  released: { type: 'released', at: 100 },
  requeued: { type: 'requeued', at: 100 },
} as const satisfies Record<string, TaskEvent>;

type Row = Record<keyof typeof EVENTS, string>;

const no = 'refused';
const ALL_REFUSED: Row = { claimed: no, voided: no, started: no, cancel: no, timeout: no, memory: no, ended: no, retried: no, skipped: no, neverFits: no, suspended: no, resumed: no, held: no, released: no, requeued: no };

/** What follows; every pair that a row does not name is refused. */
const TABLE: Record<keyof typeof STATES, Row> = {
  queued: {
    ...ALL_REFUSED,
    claimed: 'starting run 9 since 100',
    cancel: 'finished at 100: cancelled',
    skipped: 'finished at 100: skipped missing-program',
    neverFits: 'finished at 100: failed never-fits',
    held: 'queued from 5, held',
  },
  held: {
    ...ALL_REFUSED,
    cancel: 'finished at 100: cancelled',
    skipped: 'finished at 100: skipped missing-program',
    neverFits: 'finished at 100: failed never-fits',
    released: 'queued from 100',
  },
  'held for later': {
    ...ALL_REFUSED,
    cancel: 'finished at 100: cancelled',
    skipped: 'finished at 100: skipped missing-program',
    neverFits: 'finished at 100: failed never-fits',
    released: 'queued from 500',
  },
  starting: {
    ...ALL_REFUSED,
    voided: 'queued from 50',
    started: 'running run 7 since 100',
    cancel: 'stopping run 7 since 6: cancel',
    timeout: 'stopping run 7 since 6: timeout',
    memory: 'stopping run 7 since 6: memory-limit',
    ended: 'finished at 100: failed exit',
    retried: 'queued from 300',
    skipped: 'finished at 100: skipped missing-program',
  },
  running: {
    ...ALL_REFUSED,
    cancel: 'stopping run 7 since 8: cancel',
    timeout: 'stopping run 7 since 8: timeout',
    memory: 'stopping run 7 since 8: memory-limit',
    ended: 'finished at 100: failed exit',
    retried: 'queued from 300',
    suspended: 'paused run 7 since 8, from 100',
  },
  paused: {
    ...ALL_REFUSED,
    cancel: 'stopping run 7 since 8: cancel',
    timeout: 'stopping run 7 since 8: timeout',
    memory: 'stopping run 7 since 8: memory-limit',
    ended: 'finished at 100: failed exit',
    retried: 'queued from 300',
    resumed: 'running run 7 since 8',
  },
  'stopping (cancel)': {
    ...ALL_REFUSED,
    voided: 'finished at 100: cancelled',
    ended: 'finished at 100: cancelled',
    retried: 'finished at 100: cancelled',
  },
  'stopping (timeout)': {
    ...ALL_REFUSED,
    voided: 'finished at 100: timedOut',
    cancel: 'stopping run 7 since 8: cancel',
    ended: 'finished at 100: timedOut',
    retried: 'queued from 300',
  },
  'stopping (memory)': {
    ...ALL_REFUSED,
    voided: 'finished at 100: failed memory-limit',
    cancel: 'stopping run 7 since 8: cancel',
    ended: 'finished at 100: failed memory-limit',
    retried: 'queued from 300',
  },
  succeeded: { ...ALL_REFUSED, requeued: 'queued from 100' },
  failed: { ...ALL_REFUSED, requeued: 'queued from 100' },
};

function show(state: TaskState): string {
  switch (state.status) {
    case 'queued':
      return `queued from ${state.readyAt}${state.held ? ', held' : ''}`;
    case 'starting':
      return `starting run ${state.run} since ${state.claimedAt}`;
    case 'running':
      return `running run ${state.run} since ${state.startedAt}`;
    case 'paused':
      return `paused run ${state.run} since ${state.startedAt}, from ${state.pausedAt}`;
    case 'stopping':
      return `stopping run ${state.run} since ${state.startedAt}: ${state.cause.type}`;
    case 'finished':
      return `finished at ${state.finishedAt}: ${state.outcome.type}${'reason' in state.outcome ? ` ${state.outcome.reason}` : ''}`;
  }
}

for (const [name, state] of Object.entries(STATES)) {
  test(`a task that is ${name} takes these events and refuses all others`, () => {
    const actual = Object.fromEntries(
      Object.entries(EVENTS).map(([event, fact]) => {
        const next = transition(state, fact);
        return [event, next.ok ? show(next.value) : no];
      }),
    );
    assert.deepEqual(actual, TABLE[name as keyof typeof STATES]);
  });
}

test('a refusal names the status and the event', () => {
  assert.deepEqual(transition(STATES.succeeded, EVENTS.claimed), { ok: false, error: { status: 'finished', event: 'claimed' } });
});

test('a transition leaves the state it starts from as it was', () => {
  const state = Object.freeze({ ...STATES.queued });
  transition(state, EVENTS.held);
  assert.deepEqual(state, STATES.queued);
});

test('the outcome of a stopped run tells the figures of its cause', () => {
  assert.deepEqual([{ type: 'cancel' } as const, timeout, memory].map(stoppedOutcome), [
    { type: 'cancelled' },
    { type: 'timedOut', afterMs: 60 },
    { type: 'failed', reason: 'memory-limit', limit: 10, used: 11 },
  ]);
});

test('only starting, running, paused and stopping tasks have a run in hand', () => {
  assert.deepEqual(Object.fromEntries(Object.entries(STATES).map(([name, state]) => [name, currentRun(state)])), {
    queued: undefined, held: undefined, 'held for later': undefined, starting: 7, running: 7, paused: 7,
    'stopping (cancel)': 7, 'stopping (timeout)': 7, 'stopping (memory)': 7, succeeded: undefined, failed: undefined,
  });
});
