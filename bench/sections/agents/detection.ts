import fs from 'node:fs';
import path from 'node:path';
import { agentDetector } from '../../../src/core/agents/detect-agents.ts';
import { PROBE_LIMITS, systemSurroundings, type Surroundings } from '../../../src/core/agents/surroundings.ts';
import { pathFinder } from '../../../src/core/launch/find-program.ts';
import { DEFAULT_AGENT_SETTINGS } from '../../../src/core/model/agents/agent-settings.ts';
import { AGENT_LABELS } from '../../../src/core/model/agents/agent.ts';
import { runProgram } from '../../../src/core/process/run-program.ts';
import type { Figure } from '../../figure.ts';
import { quantile } from '../../quantile.ts';
import { timed } from '../../sample.ts';

const ROUNDS = 15;
const HUNG_ROUNDS = 3;
const TARGET_MS = 1500;
const HANGING = '#!/bin/sh\nwhile :; do read -r _ < /dev/zero; done\n';
const READY = `#!/bin/sh
case "$1" in
--version) sleep 0.1; echo '2.1.329 (Claude Code)' ;;
auth) sleep 0.6; echo '{"loggedIn": true, "authMethod": "claude.ai"}' ;;
*) echo '{"distributions": {}, "modules": {}}' ;;
esac
`;

/** From the question to the answer about all agents: as this machine is, with programs as slow as the genuine one at its slowest, with programs that hang. */
export async function detection(scratch: string, note: (text: string) => void): Promise<readonly Figure[]> {
  const own = systemSurroundings();
  const around: Surroundings = { ...own, run: runProgram, finder: pathFinder(), limits: PROBE_LIMITS, claudeExtension: undefined, workspace: undefined, python: undefined, now: () => performance.now() };
  const looked = await look(around);
  note(`On this machine: ${looked.map(({ state }) => `${AGENT_LABELS[state.name]} ${state.status}`).join(', ')}.`);
  const figures = [await figure('all agents, as this machine is', around, ROUNDS)];
  if (process.platform === 'win32') return figures;
  for (const [what, program, rounds] of [['all agents, Claude Code at its slowest', READY, ROUNDS], ['all agents, their programs hang', HANGING, HUNG_ROUNDS]] as const) {
    const folder = fs.mkdtempSync(path.join(scratch, 'bin-'));
    for (const name of ['claude', 'python3']) fs.writeFileSync(path.join(folder, name), program, { mode: 0o755 });
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    figures.push(await figure(what, { ...around, env, finder: pathFinder(env), home: folder, systemFolders: [] }, rounds));
  }
  return figures;
}

async function figure(what: string, around: Surroundings, rounds: number): Promise<Figure> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await timed(() => look(around)));
  return { what: `${what}, p95`, value: quantile(times, 0.95), unit: 'ms', target: TARGET_MS };
}

function look(around: Surroundings): ReturnType<ReturnType<typeof agentDetector>> {
  return agentDetector(around)(DEFAULT_AGENT_SETTINGS, new AbortController().signal);
}
