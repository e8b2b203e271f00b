import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WritingCall } from '../../../../src/agent/agent-driver.ts';
import { isWritingTool, writingCall } from '../../../../src/agent/claude/writing-call.ts';

const CALLS: readonly (readonly [tool: string, input: Readonly<Record<string, unknown>>, call: Partial<WritingCall>])[] = [
  ['Write', { file_path: '/lab/a.py', content: 'x' }, { writes: ['/lab/a.py'] }],
  ['Edit', { file_path: 'src/../a.py' }, { writes: ['/lab/a.py'] }],
  ['NotebookEdit', { notebook_path: '/lab/a.ipynb' }, { writes: ['/lab/a.ipynb'] }],
  ['Bash', { command: 'sed -i s/a/b/ a.py' }, { writes: 'unknown', command: 'sed -i s/a/b/ a.py' }],
  ['Monitor', { command: 'make', description: 'x' }, { writes: 'unknown', command: 'make' }],
  ['mcp__fs__write_file', { path: 'a.txt', content: 'x', file: 'https://x/y' }, { writes: 'unknown', named: ['/lab/a.txt'] }],
  ['mcp__fs__move', { source: 'a', destination: '/lab/b' }, { writes: 'unknown', named: ['/lab/b'] }],
  ['Write', {}, { writes: 'unknown' }],
  ['Write', { file_path: 7 }, { writes: 'unknown' }],
];

void test('what a call is about to write is read from its input', () => {
  for (const [tool, input, call] of CALLS) assert.deepEqual(writingCall({ tool_name: tool, tool_input: input, tool_use_id: 'id', cwd: '/lab' }, '/elsewhere'), { id: 'id', tool, cwd: '/lab', ...call });
});

void test('without a word about the folder it is the task\'s', () => {
  assert.deepEqual(writingCall({ tool_name: 'Write', tool_input: { file_path: 'a' }, tool_use_id: 'id' }, '/task').writes, ['/task/a']);
});

void test('tools that only read are not asked about', () => {
  assert.deepEqual(['Read', 'Grep', 'Glob', 'WebFetch', 'Task', 'TodoWrite', 'WriteSomething'].filter(isWritingTool), []);
  assert.deepEqual(['Write', 'Edit', 'NotebookEdit', 'Bash', 'PowerShell', 'mcp__x__y'].filter((tool) => !isWritingTool(tool)), []);
});
