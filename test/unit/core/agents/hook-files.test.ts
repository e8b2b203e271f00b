import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { vscodeHooks, withClaudeHooks, withoutClaudeHooks } from '../../../../src/core/agents/hook-files.ts';
import { hookProgram, hookProgramText } from '../../../../src/core/agents/hook-program.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const POSIX = { skip: process.platform === 'win32' };
const PROGRAM = '/home/me/.local/state/parallel-workflow/bin/parallel-workflow-hook';
const OTHERS = { permissions: { allow: ['Bash(ls)'] }, hooks: { PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: './check.sh' }] }], Notification: [{ hooks: [{ type: 'command', command: 'beep' }] }] } };

void test('the hooks come beside what is there, once, and leave as they came', () => {
  const before = `${JSON.stringify(OTHERS, undefined, 4)}\n`;
  const once = withClaudeHooks(before, PROGRAM);
  const { hooks, permissions } = JSON.parse(once) as typeof OTHERS & { hooks: Record<string, readonly unknown[]> };
  assert.deepEqual(permissions, OTHERS.permissions);
  assert.deepEqual(hooks.PreToolUse, [...OTHERS.hooks.PreToolUse, { matcher: 'Write|Edit|MultiEdit|NotebookEdit|Bash|PowerShell|Monitor|mcp__.*', hooks: [{ type: 'command', command: PROGRAM, timeout: 30, onFailure: 'block' }] }]);
  assert.deepEqual(Object.keys(hooks).sort(), ['Notification', 'PostToolUse', 'PostToolUseFailure', 'PreToolUse', 'SessionEnd', 'Stop', 'UserPromptSubmit']);
  assert.match(once, /^ {4}"permissions"/m);
  assert.equal(withClaudeHooks(once, PROGRAM), once);
  assert.equal(withoutClaudeHooks(once), before);
});

void test('of a file that held nothing else nothing is left', () => {
  assert.equal(withoutClaudeHooks(withClaudeHooks(undefined, PROGRAM)), undefined);
  assert.equal(withoutClaudeHooks(withClaudeHooks('', PROGRAM)), undefined);
});

void test('what is no settings file is left alone', () => {
  for (const text of ['{"a":1,}', '[]', 'null', '// comment\n{}']) assert.throws(() => withClaudeHooks(text, PROGRAM), { message: /Expected \.claude\/settings\.local\.json to hold a JSON object: correct it first\./ }, text);
});

void test('the file for VS Code names each system\'s place, and does nothing where the program is not', POSIX, (t) => {
  const { hooks } = JSON.parse(vscodeHooks(undefined)) as { hooks: Record<string, readonly { command: string; linux: string; osx: string; windows: string }[]> };
  assert.deepEqual(Object.keys(hooks), ['PreToolUse', 'PostToolUse', 'UserPromptSubmit', 'Stop']);
  const { linux, osx, windows } = hooks.PreToolUse![0]!;
  assert.match(osx, /Library\/Application Support/);
  assert.match(windows, /^if exist "%LOCALAPPDATA%/);
  const home = tempFolder(t);
  const run = (): string => execFileSync('sh', ['-c', linux], { env: { PATH: process.env.PATH, HOME: home }, encoding: 'utf8' });
  assert.equal(run(), '');
  const program = path.join(home, '.local', 'state', 'parallel-workflow', 'bin', 'parallel-workflow-hook');
  mkdirSync(path.dirname(program), { recursive: true });
  writeFileSync(program, '#!/bin/sh\necho asked\n', { mode: 0o755 });
  assert.equal(run(), 'asked\n');
});

void test('the program passes everything on to the command line that is there now, and is quiet when none is', POSIX, (t) => {
  const folder = path.join(tempFolder(t), "it's here");
  const program = hookProgram(folder, process.platform);
  mkdirSync(path.dirname(program), { recursive: true });
  const cli = path.join(folder, 'cli.js');
  writeFileSync(program, hookProgramText({ node: process.execPath, cli, home: folder }, process.platform), { mode: 0o755 });
  const run = (): { readonly status: number | null; readonly stdout: string } => spawnSync(program, { input: 'told', encoding: 'utf8' });
  assert.deepEqual([run().status, run().stdout], [0, '']);
  writeFileSync(cli, 'process.stdin.on("data", (text) => { console.log(process.argv[2], String(text), process.env.PARALLEL_WORKFLOW_HOME); process.exitCode = 2; });');
  assert.deepEqual([run().status, run().stdout], [2, `hook told ${folder}\n`]);
});
