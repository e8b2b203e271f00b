import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { sessionToResume, turnPrompt } from '../../../src/agent/turn-prompt.ts';
import type { AgentRequest, EarlierRun } from '../../../src/core/model/agents/agent-request.ts';
import { DEFAULT_AGENT_SETTINGS } from '../../../src/core/model/agents/agent-settings.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function request(more: Partial<AgentRequest>): AgentRequest {
  return { task: 1, name: 'p', home: '/state', workspace: '/lab', cwd: '/lab', agent: 'claude', prompt: 'Add tests.', context: [], files: [], earlier: [], resume: false, isTrusted: true, settings: DEFAULT_AGENT_SETTINGS, ...more };
}

function earlier(more: Partial<EarlierRun>): EarlierRun {
  return { agent: 'claude', session: 'S', folder: '/nowhere', isOther: false, ...more };
}

void test('a prompt is told as it is, with the files to read before it', () => {
  assert.equal(turnPrompt(request({})), 'Add tests.');
  assert.equal(turnPrompt(request({ context: ['/lab/src/a.py', '/else/b.md'] })), 'Read these files first:\n- src/a.py\n- ../else/b.md\n\nAdd tests.');
});

void test('a session is gone on with only by its own agent, and only when that is wanted', () => {
  assert.equal(sessionToResume(request({ resume: true, earlier: [earlier({ session: 'R' }), earlier({})] }))?.session, 'S');
  assert.equal(sessionToResume(request({ resume: false, earlier: [earlier({})] })), undefined);
  assert.equal(sessionToResume(request({ resume: true, earlier: [earlier({ agent: 'vscode' })] })), undefined);
  assert.equal(sessionToResume(request({ resume: true, earlier: [earlier({ session: undefined })] })), undefined);
});

void test('who goes on in his own session is not told again what he knows', () => {
  assert.match(turnPrompt(request({ resume: true, earlier: [earlier({})] })), /^Your work on this was cut off\..*\n\nAdd tests\.$/);
  assert.equal(turnPrompt(request({ resume: true, earlier: [earlier({ isOther: true })] })), 'Add tests.', 'a follow-up is just the next thing said');
});

void test('who takes over hears what was said and sees what was changed, and is told not to begin anew', (t) => {
  const folder = tempFolder(t);
  writeFileSync(path.join(folder, 'stdout'), '\u001b[36m●\u001b[39m Edit a.py\n');
  writeFileSync(path.join(folder, 'changes.diff'), '--- a/a.py\n+++ b/a.py\n+new\n');
  const prompt = turnPrompt(request({ agent: 'vscode', resume: true, earlier: [earlier({ folder })] }));
  assert.match(prompt, /^Claude Code began the task below and was cut off\. Go on from there/);
  assert.match(prompt, /<earlier title="What was said">\n● Edit a\.py\n<\/earlier>/);
  assert.match(prompt, /<earlier title="What was changed">\n--- a\/a\.py\n\+\+\+ b\/a\.py\n\+new\n<\/earlier>\n\nAdd tests\.$/);
});

void test('of a long conversation the end is told, of a long diff the beginning', (t) => {
  const folder = tempFolder(t);
  writeFileSync(path.join(folder, 'stdout'), Array.from({ length: 9000 }, (_, n) => `said ${n}\n`).join(''));
  writeFileSync(path.join(folder, 'changes.diff'), Array.from({ length: 9000 }, (_, n) => `+line ${n}\n`).join(''));
  const prompt = turnPrompt(request({ agent: 'vscode', earlier: [earlier({ folder })] }));
  assert.ok(prompt.length < 80_000);
  assert.ok(prompt.includes('said 8999') && !prompt.includes('said 0\n') && prompt.includes('+line 0\n') && !prompt.includes('+line 8999'));
});
