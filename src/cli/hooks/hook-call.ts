import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../core/base/user-error.ts';
import { shellTargets } from '../../agent/files/shell-targets.ts';

/**
 * What an agent tells its hook, in one form for all: Claude Code writes names with `_`, VS Code and Copilot's other programs
 * write some of them, or all, with capitals (code.claude.com/docs/en/hooks; code.visualstudio.com/docs/agents/reference/hooks-reference).
 */
export interface HookCall {
  /** Before a tool call, after it, or at an end after which no call is open. */
  readonly when: 'before' | 'after' | 'end';
  readonly session: string;
  readonly id: string;
  readonly tool: string;
  /** Files that the call is about to write, as far as it says; absolute. Empty for a tool that only reads. */
  readonly files: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

const WHEN: Readonly<Record<string, HookCall['when']>> = {
  pretooluse: 'before', posttooluse: 'after', posttoolusefailure: 'after', stop: 'end', agentstop: 'end', sessionend: 'end', userpromptsubmit: 'end', userpromptsubmitted: 'end',
};
/** Tools that edit files which they name, of Claude Code, VS Code and Copilot's command line. */
const EDITORS = new Set([
  'Write', 'Edit', 'MultiEdit', 'NotebookEdit',
  'create_file', 'replace_string_in_file', 'multi_replace_string_in_file', 'insert_edit_into_file', 'edit_notebook_file', 'apply_patch', 'editFiles', 'createFile', 'create_new_jupyter_notebook',
  'edit', 'create', 'str_replace_editor',
]);
const SHELLS = new Set(['Bash', 'PowerShell', 'Monitor', 'run_in_terminal', 'runInTerminal', 'runTerminalCommand', 'bash', 'powershell']);
const FILE_NAMES = ['file_path', 'filePath', 'notebook_path', 'notebookPath', 'path', 'file', 'uri', 'destination'];
const FILE_LISTS = ['files', 'replacements', 'edits'];
const PATCHED = /^\*\*\* (?:(?:Add|Update|Delete) File|Move to): (.+)$/gm;

/**
 * Reads what came in; `undefined` for an event that is nothing to us.
 * @throws UserError for what is none of the known forms: nobody can tell what it would write.
 */
export function readHookCall(text: string, folder: string): HookCall | undefined {
  const fields = objectOf(text);
  const event = textOf(fields, 'hook_event_name', 'hookEventName', 'hookName');
  const when = event === undefined ? undefined : WHEN[event.toLowerCase()];
  if (event === undefined) throw new UserError('Expected the name of an event in what the agent told its hook:', 'it may be of a version that is not known here.');
  if (when === undefined) return undefined;
  const tool = textOf(fields, 'tool_name', 'toolName') ?? '';
  const cwd = textOf(fields, 'cwd') ?? folder;
  const call = { when, session: textOf(fields, 'session_id', 'sessionId') ?? '', id: textOf(fields, 'tool_use_id', 'toolUseId', 'toolCallId') ?? '', tool };
  return { ...call, files: when === 'before' ? filesOf(tool, inputOf(fields), cwd) : [] };
}

function filesOf(tool: string, input: Fields, cwd: string): readonly string[] {
  const command = textOf(input, 'command', 'script');
  if (SHELLS.has(tool)) return command === undefined ? [] : shellTargets(command, cwd).filter((file) => !path.relative(cwd, file).startsWith('..'));
  if (!EDITORS.has(tool) && !tool.startsWith('mcp_')) return [];
  const files = [...new Set(namedFiles(input, cwd))];
  if (files.length === 0 && EDITORS.has(tool)) throw new UserError(`Expected \`${tool}\` to say which file it edits:`, 'it may be of a version that is not known here.');
  return files;
}

function namedFiles(input: Fields, cwd: string): readonly string[] {
  const named = FILE_NAMES.flatMap((name) => textOf(input, name) ?? []);
  const listed = FILE_LISTS.flatMap((name) => (Array.isArray(input[name]) ? (input[name] as readonly unknown[]) : []));
  const patch = textOf(input, 'input', 'patch') ?? '';
  return [
    ...[...named, ...listed.filter((each) => typeof each === 'string')].flatMap((name) => placeOf(name, cwd) ?? []),
    ...listed.flatMap((each) => (typeof each === 'object' && each !== null ? namedFiles(each as Fields, cwd) : [])),
    ...[...patch.matchAll(PATCHED)].flatMap((match) => placeOf(match[1]!.trim(), cwd) ?? []),
  ];
}

function placeOf(name: string, cwd: string): string | undefined {
  if (name.startsWith('file://')) return fileURLToPath(name);
  return /^[a-z][a-z+.-]+:\/\//i.test(name) ? undefined : path.resolve(cwd, name);
}

/** Copilot's command line hands its tools' input over as text. */
function inputOf(fields: Fields): Fields {
  const input = fields.tool_input ?? fields.toolInput ?? fields.toolArgs;
  if (typeof input === 'string') return objectOf(input);
  return typeof input === 'object' && input !== null ? (input as Fields) : {};
}

function objectOf(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null) throw new UserError('Expected JSON from an agent on the standard input:', 'this command is for hooks of agents, which give it what they are about to do.');
  return value as Fields;
}

function textOf(fields: Fields, ...names: readonly string[]): string | undefined {
  return names.map((name) => fields[name]).find((value): value is string => typeof value === 'string' && value !== '');
}
