import path from 'node:path';
import type { WritingCall } from '../agent-driver.ts';
import type { HookInput, ToolInput } from './messages.ts';

/** Tools that may write files; the hooks are asked for before and after each of their calls. */
export const WRITING_TOOLS = 'Write|Edit|MultiEdit|NotebookEdit|Bash|PowerShell|Monitor|mcp__.*';

const IS_WRITING = new RegExp(`^(?:${WRITING_TOOLS})$`);
const NAMES_A_FILE = /^(?:file|path|file_?name|file_?path|notebook_?path|destination|target|output(?:_?(?:file|path))?)$/i;

export function isWritingTool(name: string): boolean {
  return IS_WRITING.test(name);
}

/** What a tool call is about to write, by its input. */
export function writingCall({ tool_name: tool = '', tool_input: input = {}, tool_use_id: id = '', cwd }: HookInput, taskFolder: string): WritingCall {
  const folder = cwd ?? taskFolder;
  const place = { cwd: folder };
  const file = textOf(input.file_path) ?? textOf(input.notebook_path);
  const command = textOf(input.command);
  if (tool.startsWith('mcp__')) return { id, tool, writes: 'unknown', named: filesNamed(input, folder), ...place };
  // A write that does not say to where is taken to go anywhere.
  if (file !== undefined && command === undefined) return { id, tool, writes: [path.resolve(folder, file)], ...place };
  return { id, tool, writes: 'unknown', ...(command !== undefined && { command }), ...place };
}

/** A tool of somebody else's: what looks like the name of a file in its input is taken for one that it writes. */
function filesNamed(input: ToolInput, folder: string): readonly string[] {
  return Object.entries(input).flatMap(([key, value]) => {
    const text = textOf(value);
    return text === undefined || !NAMES_A_FILE.test(key) || text.includes('://') ? [] : [path.resolve(folder, text)];
  });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
