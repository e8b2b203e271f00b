import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claudeArguments, isModelWanted } from '../../../../src/agent/claude/claude-arguments.ts';
import type { AgentRequest } from '../../../../src/core/model/agents/agent-request.ts';
import { DEFAULT_AGENT_SETTINGS, type AgentSettings } from '../../../../src/core/model/agents/agent-settings.ts';

function request(more: Partial<AgentRequest> = {}, claude: Partial<AgentSettings['claude']> = {}): AgentRequest {
  const settings = { ...DEFAULT_AGENT_SETTINGS, maxTurns: 40, maxCost: 2, claude: { ...DEFAULT_AGENT_SETTINGS.claude, ...claude } };
  return { task: 1, name: 'p', home: '/state', workspace: '/lab', cwd: '/lab', agent: 'claude', prompt: 'Do it.', context: [], files: [], earlier: [], resume: false, isTrusted: true, settings, ...more };
}

const BEGIN = { begin: 'U' };

void test('it speaks the control protocol, and is asked about everything but edits', () => {
  const args = claudeArguments(request(), BEGIN);
  assert.equal(args.join(' '), '-p --input-format stream-json --output-format stream-json --verbose --permission-mode acceptEdits --permission-prompt-tool stdio --disallowedTools AskUserQuestion,CronCreate,ScheduleWakeup,EnterWorktree,ExitWorktree --setting-sources user --strict-mcp-config --session-id U --max-turns 40 --max-budget-usd 2');
});

void test('no request, setting or workspace makes it ask nobody', () => {
  for (const isTrusted of [true, false]) {
    for (const projectHooks of [true, false]) {
      const args = claudeArguments(request({ isTrusted }, { projectHooks, allow: ['Bash(npm test)'] }), BEGIN);
      assert.ok(!args.some((arg) => /bypass|dangerously|safe-mode|bare/.test(arg)), args.join(' '));
      assert.equal(args[args.indexOf('--permission-mode') + 1], 'acceptEdits');
    }
  }
});

void test('what a project brings along is loaded only when it is trusted and the person wants it', () => {
  const loads = (isTrusted: boolean, projectHooks: boolean): boolean => !claudeArguments(request({ isTrusted }, { projectHooks }), BEGIN).includes('--strict-mcp-config');
  assert.deepEqual([loads(false, false), loads(false, true), loads(true, false), loads(true, true)], [false, false, false, true]);
});

void test('a task\'s own limits and model go before those of the settings', () => {
  const args = claudeArguments(request({ maxTurns: 3, maxCost: 0.5, model: 'opus', cwd: '/lab/sub' }, { model: 'sonnet' }), { resume: 'S' });
  assert.equal(args.slice(args.indexOf('--resume')).join(' '), '--resume S --add-dir /lab --model opus --max-turns 3 --max-budget-usd 0.5');
});

void test('rules of what it may do unasked are passed one by one', () => {
  const args = claudeArguments(request({}, { allow: ['Bash(npm test)', 'Bash(git log, *)'] }), BEGIN);
  assert.deepEqual(args.slice(args.indexOf('--allowedTools'), args.indexOf('--setting-sources')), ['--allowedTools', 'Bash(npm test)', 'Bash(git log, *)']);
});

void test('a model is known by its name or a word of it', () => {
  const table: readonly (readonly [chosen: string, wanted: string, is: boolean])[] = [
    ['claude-sonnet-5-5', 'sonnet', true], ['claude-sonnet-5-5', 'claude-sonnet-5-5', true], ['claude-sonnet-5-5[1m]', 'sonnet[1m]', true],
    ['claude-opus-5-5', 'sonnet', false], ['claude-opus-5-5', 'default', true], ['claude-opus-5-5', 'opusplan', true], ['us.anthropic.claude-opus-5', 'Opus', true],
  ];
  for (const [chosen, wanted, is] of table) assert.equal(isModelWanted(chosen, wanted), is, `${chosen} for ${wanted}`);
});
