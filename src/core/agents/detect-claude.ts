import fs from 'node:fs';
import { pathFinder } from '../launch/find-program.ts';
import type { AgentSettings } from '../model/agents/agent-settings.ts';
import type { AgentState } from '../model/agents/agent.ts';
import type { ProgramAnswer } from '../process/run-program.ts';
import { readClaudeLogin } from './claude-login.ts';
import { claudePlaces } from './claude-places.ts';
import { loginShellPath } from './login-shell-path.ts';
import { claudeEnvironment } from './probe-environment.ts';
import type { Looked } from './state-after-look.ts';
import type { Surroundings } from './surroundings.ts';
import { compareVersions } from './version-order.ts';

/** The first whose hooks can be told to keep a tool from running when they fail. */
export const OLDEST_CLAUDE = '2.1.295';

/** What `claude --version` prints, and nothing else of that name does. */
const VERSION = /^(\d+\.\d+\.\d+) \(Claude Code\)/;
/** A machine has two or three of them at most; each is a process. */
const MOST_ASKED = 4;

interface Candidate {
  readonly program: string;
  readonly version: string | undefined;
  readonly isSlow: boolean;
}

/** Looks for Claude Code and asks it for its version and whether somebody is logged in, all of it before `deadline`. */
export async function detectClaude(settings: AgentSettings['claude'], around: Surroundings, deadline: number, signal: AbortSignal): Promise<Looked> {
  const known = { name: 'claude', models: settings.model === undefined ? [] : [settings.model], checkedAt: around.now() } as const;
  const sure = (state: Omit<AgentState, keyof typeof known>): Looked => ({ state: { ...known, ...state }, isSure: true });
  const programs = await candidates(settings.program, around, signal);
  if (programs.length === 0) {
    if (settings.program === undefined) return sure({ status: 'notInstalled', why: 'it was not found', next: 'Install Claude Code, or name its program in the setting `parallelWorkflow.agents.claude.program`.', need: 'install' });
    return sure({ status: 'notInstalled', why: `there is no program \`${settings.program}\``, next: 'Correct the setting `parallelWorkflow.agents.claude.program`, or leave it empty to have the program looked for.', need: 'install' });
  }
  const asked = await Promise.all(programs.slice(0, MOST_ASKED).map((program) => askVersion(program, around, deadline, signal)));
  const valid = asked.filter(({ version }) => version !== undefined);
  const chosen = valid.find(({ version }) => compareVersions(version!, OLDEST_CLAUDE) >= 0) ?? valid[0];
  if (chosen === undefined) {
    const slow = asked.find(({ isSlow }) => isSlow);
    if (slow !== undefined) return { state: { ...known, status: 'installed', program: slow.program, why: 'it did not say its version in time', next: 'Refresh when the machine is calmer.', need: 'look' }, isSure: false };
    return sure({ status: 'notInstalled', why: `${asked[0]!.program} does not answer as Claude Code does`, next: 'Install Claude Code, or name its program in the setting `parallelWorkflow.agents.claude.program`.', need: 'install' });
  }
  const found = { program: chosen.program, version: chosen.version! };
  if (compareVersions(found.version, OLDEST_CLAUDE) < 0) return sure({ ...found, status: 'installed', why: `${found.version} is older than ${OLDEST_CLAUDE}, from which on writes can be kept off each other safely`, next: 'Update Claude Code: `claude update`.', need: 'update' });
  const login = readClaudeLogin(await ask(found.program, ['auth', 'status'], left(deadline, around), around, signal));
  switch (login.type) {
    case 'loggedIn':
      return sure({ ...found, status: 'credentials', login: login.how });
    case 'loggedOut':
      return sure({ ...found, status: 'installed', why: 'nobody is logged in', next: 'Log in to Claude Code, then refresh.', need: 'login' });
    case 'unknown':
      return { state: { ...known, ...found, status: 'installed', why: login.why, next: 'Refresh when the machine is calmer.', need: 'look' }, isSure: false };
  }
}

/** Programs that are there and may be it, the likeliest first; the one that a setting names is the only one. */
async function candidates(named: string | undefined, around: Surroundings, signal: AbortSignal): Promise<readonly string[]> {
  const { finder, platform, env } = around;
  if (named !== undefined) {
    const found = finder.find(named);
    return found === undefined ? [] : [found];
  }
  const onPath = finder.find('claude');
  const shellPath = onPath === undefined && platform === 'darwin' ? await loginShellPath(around, signal) : undefined;
  const inShell = shellPath === undefined ? undefined : pathFinder({ ...env, PATH: shellPath }, platform).find('claude');
  const others = claudePlaces(around).filter((place) => finder.find(place) !== undefined);
  const seen = new Set<string>();
  return [onPath, inShell, ...others].filter((program): program is string => {
    if (program === undefined || seen.has(realPath(program))) return false;
    seen.add(realPath(program));
    return true;
  });
}

async function askVersion(program: string, around: Surroundings, deadline: number, signal: AbortSignal): Promise<Candidate> {
  const answer = await ask(program, ['--version'], Math.min(around.limits.versionMs, left(deadline, around)), around, signal);
  const version = answer.type === 'ended' && answer.code === 0 ? VERSION.exec(answer.output)?.[1] : undefined;
  return { program, version, isSlow: answer.type === 'tooLong' };
}

/** From the person's own folder: what a project would have it run must not be run to look for it. */
function ask(program: string, args: readonly string[], limitMs: number, { run, env, home }: Surroundings, signal: AbortSignal): Promise<ProgramAnswer> {
  return run({ file: program, args, env: claudeEnvironment(env, program), cwd: home, limitMs, signal });
}

function left(deadline: number, { now }: Surroundings): number {
  return Math.max(1, deadline - now());
}

function realPath(program: string): string {
  try {
    return fs.realpathSync(program);
  } catch {
    return program;
  }
}
