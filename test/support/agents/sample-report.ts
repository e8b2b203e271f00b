import fs from 'node:fs';
import path from 'node:path';
import type { AgentEvidence, AgentReport } from '../../../src/core/model/agents/agent-evidence.ts';
import { AGENT_FILES, type AgentRequest } from '../../../src/core/model/agents/agent-request.ts';

/** What a run came to that took three turns. */
export function sampleReport(evidence: AgentEvidence, more: Partial<AgentReport> = {}): AgentReport {
  return { agent: 'claude', evidence, turns: 3, inputTokens: 1000, outputTokens: 200, refusals: [], filesChanged: [], ...more };
}

export function writeReport(folder: string, report: AgentReport): void {
  fs.writeFileSync(path.join(folder, AGENT_FILES.report), JSON.stringify(report));
}

export function readRequest(folder: string): AgentRequest {
  return JSON.parse(fs.readFileSync(path.join(folder, AGENT_FILES.request), 'utf8')) as AgentRequest;
}
