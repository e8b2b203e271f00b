// Plays whoever carries out a prompt: what the agents are like now it reads from a file, what it did it writes down in another.
// Started by an engine, for a task whose environment names both; see `ScriptedAgents`.
import fs from 'node:fs';
import path from 'node:path';
import type { AgentEvidence, AgentReport } from '../../../src/core/model/agents/agent-evidence.ts';
import { AGENT_FILES, type AgentRequest } from '../../../src/core/model/agents/agent-request.ts';
import type { AgentsFile } from './scripted-agents.ts';

const folder = process.env.PARALLEL_WORKFLOW_RUN!;
const { agent, name, earlier } = JSON.parse(fs.readFileSync(path.join(folder, AGENT_FILES.request), 'utf8')) as AgentRequest;
const { limitedUntil, gate } = (JSON.parse(fs.readFileSync(process.env.AGENTS_FILE!, 'utf8')) as AgentsFile)[agent] ?? {};

function note(what: string): void {
  fs.appendFileSync(process.env.AGENTS_JOURNAL!, `${what} ${name} ${agent} ${earlier.length}\n`);
}

/** As the real one does: whole, in one step. */
function report(evidence: AgentEvidence, more: Partial<AgentReport> = {}): void {
  const file = path.join(folder, AGENT_FILES.report);
  fs.writeFileSync(`${file}.new`, JSON.stringify({ agent, evidence, turns: 0, inputTokens: 10, outputTokens: 5, refusals: [], filesChanged: [], ...more } satisfies AgentReport));
  fs.renameSync(`${file}.new`, file);
}

if (limitedUntil !== undefined && limitedUntil > Date.now()) {
  note('away');
  report({ type: 'rateLimited', until: limitedUntil });
  process.exitCode = 1;
} else {
  note('begin');
  report({ type: 'crashed', message: 'it ended before its agent did' }, { session: `session of ${name}` });
  console.log(`${agent} carries out ${name}`);
  if (gate !== undefined) fs.readSync(fs.openSync(gate, 'r'), Buffer.alloc('go\n'.length));
  note('done');
  report({ type: 'completed' }, { session: `session of ${name}`, turns: 2, costUsd: 0.01, answer: 'Done.' });
}
