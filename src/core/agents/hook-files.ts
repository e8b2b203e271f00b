import { UserError } from '../base/user-error.ts';
import { HOOK_PROGRAM, single } from './hook-program.ts';

/** Files of a workspace that make agents ask before they write, relative to its root. */
export const HOOK_FILES = {
  /** Claude Code, also in a terminal or in its own extension. Not meant to be shared with others. */
  claude: '.claude/settings.local.json',
  /** VS Code's own agents. */
  vscode: '.github/hooks/parallel-workflow.json',
} as const;

export type HookFile = keyof typeof HOOK_FILES;

/** Events that the hook wants to hear of; see code.claude.com/docs/en/hooks. A matcher is a regular expression of tool names. */
const CLAUDE_EVENTS: Readonly<Record<string, string | undefined>> = {
  PreToolUse: 'Write|Edit|MultiEdit|NotebookEdit|Bash|PowerShell|Monitor|mcp__.*',
  PostToolUse: 'Write|Edit|MultiEdit|NotebookEdit|Bash|PowerShell|Monitor|mcp__.*',
  PostToolUseFailure: 'Write|Edit|MultiEdit|NotebookEdit|Bash|PowerShell|Monitor|mcp__.*',
  UserPromptSubmit: undefined,
  Stop: undefined,
  SessionEnd: undefined,
};
const VSCODE_EVENTS = ['PreToolUse', 'PostToolUse', 'UserPromptSubmit', 'Stop'];
const TIMEOUT_S = 30;

interface Entry {
  readonly hooks?: readonly { readonly command?: string }[];
}
type Hooks = Readonly<Record<string, readonly Entry[]>>;
type Settings = Readonly<Record<string, unknown>> & { readonly hooks?: Hooks };

/**
 * The settings of Claude Code with our hooks; what else is in them stays.
 * @param program the hook's program, absolute.
 * @throws UserError when the settings are no JSON object.
 */
export function withClaudeHooks(text: string | undefined, program: string): string {
  const settings = readSettings(text);
  const hooks: Record<string, readonly Entry[]> = { ...withoutOurs(settings.hooks ?? {}) };
  for (const [event, matcher] of Object.entries(CLAUDE_EVENTS)) {
    // A hook that fails keeps the call from being made.
    const hook = { type: 'command', command: quoted(program), timeout: TIMEOUT_S, ...(event === 'PreToolUse' && { onFailure: 'block' }) };
    hooks[event] = [...(hooks[event] ?? []), { ...(matcher !== undefined && { matcher }), hooks: [hook] }];
  }
  return write({ ...settings, hooks }, text);
}

/**
 * The settings without our hooks; `undefined` when nothing is left of them.
 * @throws UserError when the settings are no JSON object.
 */
export function withoutClaudeHooks(text: string): string | undefined {
  const { hooks, ...rest } = readSettings(text);
  const others = withoutOurs(hooks ?? {});
  const settings = Object.keys(others).length === 0 ? rest : { ...rest, hooks: others };
  return Object.keys(settings).length === 0 ? undefined : write(settings, text);
}

/**
 * The hook file for VS Code's agents. It does nothing on a machine without this extension, so that it may be shared.
 * @param home the state folder; `undefined` for the usual one of each system.
 */
export function vscodeHooks(home: string | undefined): string {
  const places = {
    linux: posixCall(home ?? '${XDG_STATE_HOME:-$HOME/.local/state}/parallel-workflow'),
    osx: posixCall(home ?? '$HOME/Library/Application Support/parallel-workflow'),
    windows: windowsCall(home ?? '%LOCALAPPDATA%\\parallel-workflow'),
  };
  const hook = { type: 'command', command: places.linux, ...places, timeout: TIMEOUT_S };
  return `${JSON.stringify({ hooks: Object.fromEntries(VSCODE_EVENTS.map((event) => [event, [hook]])) }, undefined, 2)}\n`;
}

function posixCall(home: string): string {
  const program = `"${home}/bin/${HOOK_PROGRAM}"`;
  return `if [ -x ${program} ]; then exec ${program}; fi`;
}

function windowsCall(home: string): string {
  const program = `"${home}\\bin\\${HOOK_PROGRAM}.cmd"`;
  return `if exist ${program} ${program}`;
}

function withoutOurs(hooks: Hooks): Hooks {
  const others = Object.entries(hooks).map(([event, entries]) => [event, entries.filter((entry) => entry.hooks?.some(({ command }) => command?.includes(HOOK_PROGRAM) === true) !== true)] as const);
  return Object.fromEntries(others.filter(([, entries]) => entries.length > 0));
}

function readSettings(text: string | undefined): Settings {
  if (text === undefined || text.trim() === '') return {};
  let settings: unknown;
  try {
    settings = JSON.parse(text);
  } catch {
    settings = undefined;
  }
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) throw new UserError(`Expected ${HOOK_FILES.claude} to hold a JSON object:`, 'correct it first.');
  return settings as Settings;
}

/** With the indentation that it has. */
function write(settings: Settings, before: string | undefined): string {
  const indent = /^([ \t]+)"/m.exec(before ?? '')?.[1] ?? '  ';
  return `${JSON.stringify(settings, undefined, indent)}\n`;
}

function quoted(program: string): string {
  return process.platform === 'win32' ? `"${program}"` : single(program);
}
