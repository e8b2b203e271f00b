import { isInside } from '../../core/spec/paths.ts';
import type { AgentRequest } from '../../core/model/agents/agent-request.ts';

/** Tools that need a person, or a session that goes on: in a queue there is neither. */
const NOT_OFFERED = ['AskUserQuestion', 'CronCreate', 'ScheduleWakeup', 'EnterWorktree', 'ExitWorktree'];

/** Either a session to begin, by a UUID, or one to go on with. */
export type ClaudeSession = { readonly begin: string } | { readonly resume: string };

/**
 * The arguments of one turn over the control protocol. Edits are accepted, since each passes our hook; for anything that
 * Claude Code would ask a person about we are asked. Never a mode that asks nobody.
 */
export function claudeArguments(request: AgentRequest, session: ClaudeSession): readonly string[] {
  const { cwd, workspace, isTrusted, settings } = request;
  const model = modelWanted(request);
  const maxTurns = request.maxTurns ?? settings.maxTurns;
  const maxCost = request.maxCost ?? settings.maxCost;
  return [
    '-p', '--input-format', 'stream-json', '--output-format', 'stream-json', '--verbose',
    '--permission-mode', 'acceptEdits', '--permission-prompt-tool', 'stdio',
    '--disallowedTools', NOT_OFFERED.join(','),
    ...(settings.claude.allow === undefined || settings.claude.allow.length === 0 ? [] : ['--allowedTools', ...settings.claude.allow]),
    // What a project brings along may run programs: it is loaded when the person trusts it and wants it.
    ...(isTrusted && settings.claude.projectHooks ? [] : ['--setting-sources', 'user', '--strict-mcp-config']),
    ...('begin' in session ? ['--session-id', session.begin] : ['--resume', session.resume]),
    ...(cwd !== workspace && isInside(cwd, workspace) ? ['--add-dir', workspace] : []),
    ...(model === undefined ? [] : ['--model', model]),
    ...(maxTurns === undefined ? [] : ['--max-turns', String(maxTurns)]),
    ...(maxCost === undefined ? [] : ['--max-budget-usd', String(maxCost)]),
  ];
}

export function modelWanted({ model, settings }: AgentRequest): string | undefined {
  return model ?? settings.claude.model;
}

/** Aliases that stand for no one model. */
const OPEN_ALIASES = new Set(['default', 'best', 'opusplan', 'inherit']);

/** Whether the model that was chosen is the one that was wanted: by its name, or by a word of it such as `sonnet`. */
export function isModelWanted(chosen: string, wanted: string): boolean {
  const plain = (name: string): string => name.toLowerCase().replace(/\[.*\]$/, '');
  return OPEN_ALIASES.has(plain(wanted)) || plain(chosen).includes(plain(wanted));
}
