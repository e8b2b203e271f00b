import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHookCall } from '../../../../src/cli/hooks/hook-call.ts';

function filesOf(tool: string, input: unknown): readonly string[] | undefined {
  return readHookCall(JSON.stringify({ hook_event_name: 'PreToolUse', session_id: 's', tool_use_id: 't', tool_name: tool, tool_input: input, cwd: '/lab' }), '/elsewhere')?.files;
}

const PATCH = '*** Begin Patch\n*** Update File: src/a.py\n@@\n-a\n+b\n*** Add File: b.py\n+x\n*** Delete File: /lab/c.py\n*** End Patch';

const WRITES: readonly (readonly [tool: string, input: unknown, files: readonly string[]])[] = [
  ['Write', { file_path: '/lab/a.py' }, ['/lab/a.py']], ['Edit', { file_path: 'a.py' }, ['/lab/a.py']], ['NotebookEdit', { notebook_path: 'a.ipynb' }, ['/lab/a.ipynb']],
  ['Bash', { command: 'echo x > a.txt; rm ../b' }, ['/lab/a.txt']], ['mcp__fs__write', { path: 'a' }, ['/lab/a']], ['mcp__web__get', { uri: 'https://x/y' }, []],
  ['create_file', { filePath: '/lab/a.py', content: 'x' }, ['/lab/a.py']], ['replace_string_in_file', { filePath: 'a.py' }, ['/lab/a.py']],
  ['multi_replace_string_in_file', { replacements: [{ filePath: 'a.py' }, { filePath: 'b.py' }, { filePath: 'a.py' }] }, ['/lab/a.py', '/lab/b.py']],
  ['insert_edit_into_file', { filePath: 'a.py' }, ['/lab/a.py']], ['edit_notebook_file', { filePath: 'a.ipynb' }, ['/lab/a.ipynb']], ['editFiles', { files: ['a.py', 'b.py'] }, ['/lab/a.py', '/lab/b.py']],
  ['apply_patch', { input: PATCH }, ['/lab/src/a.py', '/lab/b.py', '/lab/c.py']], ['run_in_terminal', { command: 'sed -i s/a/b/ a.py' }, ['/lab/a.py']], ['createFile', { uri: 'file:///lab/a%20b.py' }, ['/lab/a b.py']],
  ['Read', { file_path: 'a.py' }, []], ['read_file', { filePath: 'a.py' }, []], ['grep_search', { query: 'x' }, []], ['Bash', { command: 'ls' }, []], ['Bash', {}, []],
];

void test('the files that a tool of Claude Code, VS Code or Copilot\'s command line writes are read from its input', () => {
  for (const [tool, input, files] of WRITES) assert.deepEqual(filesOf(tool, input), files, `${tool} ${JSON.stringify(input)}`);
});

void test('names are read with _, with capitals, and from text in text', () => {
  const call = { when: 'before', session: 's', id: 't', files: ['/lab/a.py'] };
  assert.deepEqual(readHookCall('{"hookEventName":"PreToolUse","sessionId":"s","tool_name":"create_file","tool_use_id":"t","tool_input":{"filePath":"a.py"},"cwd":"/lab"}', '/x'), { ...call, tool: 'create_file' });
  assert.deepEqual(readHookCall('{"hookEventName":"preToolUse","sessionId":"s","toolName":"edit","toolCallId":"t","toolArgs":"{\\"path\\":\\"a.py\\"}"}', '/lab'), { ...call, tool: 'edit' });
});

void test('what comes after a call, and at an end, is told apart from what does not matter', () => {
  const whenOf = (name: string): string | undefined => readHookCall(JSON.stringify({ hook_event_name: name }), '/lab')?.when;
  assert.deepEqual(['PostToolUse', 'PostToolUseFailure', 'Stop', 'SessionEnd', 'UserPromptSubmit', 'SessionStart', 'PreCompact', 'SubagentStop'].map(whenOf), ['after', 'after', 'end', 'end', 'end', undefined, undefined, undefined]);
});

void test('what cannot be read is an error, and so is an edit that does not say of what', () => {
  for (const text of ['', 'hello', '[1', '7', 'null', '{}', '{"tool_name":"Write"}']) assert.throws(() => readHookCall(text, '/lab'), { name: 'UserError' }, text);
  assert.throws(() => filesOf('Write', {}), { message: /Expected `Write` to say which file it edits/ });
  assert.throws(() => filesOf('editFiles', { files: [] }), { name: 'UserError' });
});
