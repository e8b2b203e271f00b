import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claudeSessionLister, readClaudeSessions } from '../../../../src/core/agents/claude-sessions.ts';
import { FakePrograms } from '../../../support/agents/fake-programs.ts';

void test('the list is read as the program prints it, and what has no process or folder is left out', () => {
  const list = [
    { pid: 7, cwd: '/lab', kind: 'interactive', startedAt: 1_795_219_768_000, sessionId: 'a', name: 'tidy', status: 'busy' },
    { pid: 8, cwd: '/lab', startedAt: '2030-01-31T00:00:00Z', name: '' },
    { pid: '9', cwd: '/lab' },
    { cwd: '/lab' },
    { pid: 10 },
    null,
    'text',
  ];
  assert.deepEqual(readClaudeSessions(JSON.stringify(list)), [
    { pid: 7, cwd: '/lab', name: 'tidy', status: 'busy', startedAt: 1_795_219_768_000, session: 'a' },
    { pid: 8, cwd: '/lab', name: undefined, status: 'unknown', startedAt: Date.UTC(2030, 0, 31), session: undefined },
  ]);
});

void test('what is no list tells nothing', () => {
  for (const text of ['', '{}', 'No sessions', 'null']) assert.equal(readClaudeSessions(text), undefined);
});

void test('the program is asked, and one that fails tells nothing', { skip: process.platform === 'win32' && 'shell scripts' }, async (t) => {
  const programs = new FakePrograms(t);
  const file = programs.addClaude('bin/claude', { more: `'agents --json') echo '[{"pid": 7, "cwd": "/lab"}]' ;;` });
  const { signal } = new AbortController();
  const ask = claudeSessionLister(programs.surroundings());
  assert.deepEqual((await ask(file, signal))?.map(({ pid }) => pid), [7]);
  programs.addClaude('bin/claude');
  assert.equal(await ask(file, signal), undefined);
  assert.equal(await ask('/none/claude', signal), undefined);
});
