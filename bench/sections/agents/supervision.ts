import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { AGENT_FILES, type AgentRequest } from '../../../src/core/model/agents/agent-request.ts';
import { DEFAULT_AGENT_SETTINGS } from '../../../src/core/model/agents/agent-settings.ts';
import { RUN_MARK } from '../../../src/core/process/process-table.ts';
import { systemProcessTable } from '../../../src/core/process/system-process-table.ts';
import type { Figure } from '../../figure.ts';

const AGENTS = 16;
const CALLS = 20;
const REST_MS = 4000;
const RUNNER = fileURLToPath(new URL('../../../dist/agent.js', import.meta.url));

/** A Claude Code of the shell's own commands, so that what is measured is what looks after it: some calls, a rest, the end. */
const CLAUDE = `#!/bin/sh
say() { printf '%s\\n' "$1"; }
read -r _
say '{"type":"control_response","response":{"subtype":"success","request_id":"ours-1","response":{"hooks_applied":true,"hook_on_failure_supported":true}}}'
read -r _
say '{"type":"system","subtype":"init","session_id":"bench","model":"bench","claude_code_version":"2.1.329"}'
: > "$0.ready.$$"
while [ ! -e "$0.work" ]; do sleep 0.05; done
n=0
while [ $n -lt ${CALLS} ]; do
  n=$((n+1))
  say '{"type":"assistant","message":{"content":[{"type":"tool_use","id":"'$n'","name":"Edit","input":{"file_path":"'$$'.txt"}}]}}'
  say '{"type":"control_request","request_id":"b'$n'","request":{"subtype":"hook_callback","callback_id":"before","tool_use_id":"'$n'","input":{"tool_name":"Edit","tool_input":{"file_path":"'$$'.txt"}}}}'
  read -r _
  say '{"type":"control_request","request_id":"a'$n'","request":{"subtype":"hook_callback","callback_id":"after","tool_use_id":"'$n'","input":{}}}'
  read -r _
  say '{"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"'$n'","content":"done"}]}}'
done
: > "$0.rest.$$"
while [ ! -e "$0.end" ]; do sleep 0.5; done
say '{"type":"result","subtype":"success","is_error":false,"num_turns":1,"result":"done"}'
read -r _
`;

/** The CPU time of the programs that look after agents; what the agents themselves need is theirs. */
export async function supervision(scratch: string, note: (text: string) => void): Promise<readonly Figure[]> {
  if (process.platform === 'win32') return [];
  if (!fs.existsSync(RUNNER)) throw new Error('dist/agent.js is not built; `node esbuild.mjs --production` does it');
  const lab = path.join(scratch, 'agents');
  const program = path.join(lab, 'claude');
  fs.mkdirSync(lab);
  fs.writeFileSync(program, CLAUDE, { mode: 0o755 });
  const runners = Array.from({ length: AGENTS }, (_, n) => startRunner(lab, program, n));
  await whenAll(lab, 'claude.ready.');
  const ready = await cpuOf(runners);
  fs.writeFileSync(`${program}.work`, '');
  await whenAll(lab, 'claude.rest.');
  const worked = await cpuOf(runners);
  const since = performance.now();
  await delay(REST_MS);
  const rested = await cpuOf(runners);
  const span = performance.now() - since;
  fs.writeFileSync(`${program}.end`, '');
  const codes = await Promise.all(runners.map((runner) => new Promise<number | null>((resolve) => (runner.exitCode === null ? runner.once('exit', resolve) : resolve(runner.exitCode)))));
  if (codes.some((code) => code !== 0)) note(`Runners ended with ${codes.join(', ')}.`);
  return [
    { what: `${AGENTS} agents at rest, share of one core`, value: ((rested.cpuMs - worked.cpuMs) / span) * 100, unit: '%', beside: `${(rested.memory / AGENTS / 1e6).toFixed(0)} MB for each, shared pages counted` },
    { what: 'looking after a tool call, its lock and its diff, CPU time', value: (worked.cpuMs - ready.cpuMs) / AGENTS / CALLS, unit: 'ms', beside: `${AGENTS} agents at once, ${CALLS} calls each` },
    { what: 'starting to look after an agent, CPU time', value: ready.cpuMs / AGENTS, unit: 'ms' },
  ];
}

function startRunner(lab: string, program: string, n: number): ChildProcess {
  const folder = path.join(lab, `run-${n}`);
  fs.mkdirSync(folder);
  const request: AgentRequest = {
    task: 0, name: `agent ${n}`, home: path.join(lab, 'state'), workspace: lab, cwd: lab, agent: 'claude', prompt: 'Bench.', context: [], files: [], earlier: [], resume: false, isTrusted: true,
    settings: { ...DEFAULT_AGENT_SETTINGS, claude: { ...DEFAULT_AGENT_SETTINGS.claude, program } },
  };
  fs.writeFileSync(path.join(folder, AGENT_FILES.request), JSON.stringify(request));
  return spawn(process.execPath, ['--no-warnings', RUNNER], { env: { ...process.env, [RUN_MARK]: folder }, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function cpuOf(runners: readonly ChildProcess[]): Promise<{ readonly cpuMs: number; readonly memory: number }> {
  const pids = new Set(runners.map(({ pid }) => pid));
  const own = (await systemProcessTable(process.platform).list()).filter(({ pid }) => pids.has(pid));
  return { cpuMs: own.reduce((sum, info) => sum + info.cpuMs, 0), memory: own.reduce((sum, info) => sum + info.memory, 0) };
}

async function whenAll(lab: string, prefix: string): Promise<void> {
  while (fs.readdirSync(lab).filter((name) => name.startsWith(prefix)).length < AGENTS) await delay(20);
}
