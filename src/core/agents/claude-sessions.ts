import type { ForeignSession } from '../model/agents/agents-view.ts';
import { isInside } from '../spec/paths.ts';
import { claudeEnvironment } from './probe-environment.ts';
import type { Surroundings } from './surroundings.ts';

const LIMIT_MS = 1500;
const MOST = 100;

/** A session of Claude Code that lives on this machine. */
export interface ClaudeSession extends ForeignSession {
  readonly session: string | undefined;
}

/** Sessions that live, as the program tells; `undefined` when it does not. */
export type ListClaudeSessions = (program: string, signal: AbortSignal) => Promise<readonly ClaudeSession[] | undefined>;

/** Asks `claude agents --json`. */
export function claudeSessionLister({ run, env, home }: Pick<Surroundings, 'run' | 'env' | 'home'>): ListClaudeSessions {
  return async (program, signal) => {
    const answer = await run({ file: program, args: ['agents', '--json'], env: claudeEnvironment(env, program), cwd: home, limitMs: LIMIT_MS, signal });
    return answer.type === 'ended' && answer.code === 0 ? readClaudeSessions(answer.output) : undefined;
  };
}

/** Reads the list; what has no process or folder is left out. */
export function readClaudeSessions(output: string): readonly ClaudeSession[] | undefined {
  try {
    const list: unknown = JSON.parse(output);
    return Array.isArray(list) ? list.slice(0, MOST).flatMap(sessionOf) : undefined;
  } catch {
    return undefined;
  }
}

/** Whose sessions ours are not: by process, or by the name that the agent gave the conversation. */
export interface OwnSessions {
  readonly pids: ReadonlySet<number>;
  readonly sessions: ReadonlySet<string>;
}

/** Those in the folders that none of our tasks runs; all of the machine when there are no folders. */
export function foreignSessions(sessions: readonly ClaudeSession[], roots: readonly string[], own: OwnSessions): readonly ForeignSession[] {
  return sessions
    .filter(({ cwd }) => roots.length === 0 || roots.some((root) => isInside(cwd, root)))
    .filter(({ pid, session }) => !own.pids.has(pid) && (session === undefined || !own.sessions.has(session)))
    .map(({ session: _, ...foreign }) => foreign)
    .sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0) || a.pid - b.pid);
}

function sessionOf(entry: unknown): readonly ClaudeSession[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const { pid, cwd, name, status, startedAt, sessionId } = entry as Readonly<Record<string, unknown>>;
  if (typeof pid !== 'number' || !Number.isInteger(pid) || typeof cwd !== 'string') return [];
  return [{ pid, cwd, name: text(name), status: text(status) ?? 'unknown', startedAt: time(startedAt), session: text(sessionId) }];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
}

/** It may be a number of milliseconds, or a date as text. */
function time(value: unknown): number | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : value;
  return typeof at === 'number' && Number.isFinite(at) ? at : undefined;
}
