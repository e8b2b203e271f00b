import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { dayOf } from '../../agents/calendar-day.ts';
import { stateAfterRun } from '../../agents/state-after-run.ts';
import { DEFAULT_AGENT_SETTINGS, type AgentSettings } from '../../model/agents/agent-settings.ts';
import { isForLater, type AgentEvidence, type AgentReport } from '../../model/agents/agent-evidence.ts';
import { AGENT_FILES } from '../../model/agents/agent-request.ts';
import { AGENT_NAMES, isPromptType, PROMPT_TYPE, type AgentName } from '../../model/agents/agent.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Prompt } from '../../model/spec.ts';
import type { StoredRun } from '../../store/run-table.ts';
import type { Store } from '../../store/store.ts';
import type { StoredTask } from '../../store/task-row.ts';
import { isUnderway } from './agent-request-of.ts';
import { limitReached } from './prompt-budget.ts';
import { spentToday } from './prompt-routing.ts';
import { outcomeOf, type RunEnd } from '../runs/run-end.ts';

/** What a prompt's run came to so far, as its runner wrote it down; `undefined` when it has not, or what it wrote makes no sense. */
export function readReport(folder: string): AgentReport | undefined {
  let report: Partial<AgentReport> | null;
  try {
    report = JSON.parse(fs.readFileSync(path.join(folder, AGENT_FILES.report), 'utf8')) as Partial<AgentReport> | null;
  } catch {
    return undefined;
  }
  const numbers = [report?.turns, report?.inputTokens, report?.outputTokens];
  const isWhole = AGENT_NAMES.some((name) => name === report?.agent) && typeof report?.evidence?.type === 'string' && numbers.every(Number.isFinite) && Array.isArray(report.refusals) && Array.isArray(report.filesChanged);
  return isWhole ? (report as AgentReport) : undefined;
}

/** Part of a writing transaction: keeps what a run that goes on has come to so far. */
export function keepReport(store: Store, run: StoredRun): void {
  const report = readReport(run.folder);
  if (report !== undefined && !isDeepStrictEqual(report, run.agent)) store.runs.setAgent(run.id, report);
}

export interface PromptEnd {
  readonly outcome: Outcome;
  /** It goes back to its place in the queue, and this try does not count. */
  readonly isForLater: boolean;
}

/**
 * Part of a writing transaction: keeps what a prompt's run came to, what it cost, and what it tells of its agent.
 * @param isStopped Somebody ended it: that it broke off says nothing of the agent.
 */
export function endPrompt(store: Store, task: StoredTask, work: Prompt, run: StoredRun, end: RunEnd, isStopped: boolean, at: number): PromptEnd {
  if (!isPromptType(run.type) || run.type === PROMPT_TYPE) return { outcome: outcomeOf(end), isForLater: false };
  const agent = run.type as AgentName;
  const report = readReport(run.folder);
  if (report !== undefined) {
    store.runs.setAgent(run.id, report);
    store.agents.addTo(dayOf(at), agent, { runs: 1, turns: report.turns, tokens: report.inputTokens + report.outputTokens, cost: report.costUsd ?? 0 });
    if (isUnderway(report)) store.prompts.setGoesOn(task.id, agent);
  }
  if (end.type !== 'exited') return { outcome: outcomeOf(end), isForLater: false };
  const settings = store.settings.agents() ?? DEFAULT_AGENT_SETTINGS;
  const limit = limitReached(store, task.id, work, settings);
  const told = evidenceOf(end.exit.code, report, at);
  const evidence = told.type === 'budget' && told.limit === 'cost' && limit !== 'cost' && isDaySpent(store, work, settings, at) ? ({ type: 'budget', limit: 'costPerDay' } as const) : told;
  if (!isStopped || evidence.type !== 'crashed') keepState(store, agent, evidence, at);
  if (evidence.type === 'completed') return { outcome: { type: 'succeeded' }, isForLater: false };
  const forLater = isForLater(evidence);
  // What may not go on costs nobody a place in the queue.
  const final = forLater && limit !== undefined ? { type: 'budget', limit } as const : evidence;
  return { outcome: { type: 'failed', reason: 'agent', agent, evidence: final }, isForLater: isForLater(final) };
}

/** The report's word, unless the exit says otherwise. */
function evidenceOf(code: number, report: AgentReport | undefined, at: number): AgentEvidence {
  if (report === undefined) return { type: 'crashed', message: code === 0 ? 'it left no report' : `it ended with ${code} and left no report` };
  const { evidence } = report;
  if (evidence.type === 'completed' && code !== 0) return { type: 'crashed', message: `it ended with ${code}, though the agent had come to an end` };
  // A time that is over is no time to wait for.
  if (evidence.type === 'rateLimited' && evidence.until !== undefined && evidence.until <= at) return { ...evidence, until: undefined };
  return evidence;
}

/** Whether what a prompt ran out of is what the day had left for it. */
function isDaySpent(store: Store, work: Prompt, { maxCost, maxCostPerDay }: AgentSettings, at: number): boolean {
  return maxCostPerDay !== undefined && ((work.maxCost ?? maxCost) === undefined || spentToday(store, at) >= maxCostPerDay);
}

function keepState(store: Store, agent: AgentName, evidence: AgentEvidence, at: number): void {
  const known = store.agents.all().find(({ state }) => state.name === agent);
  store.agents.set(stateAfterRun(known?.state ?? { name: agent, status: 'credentials', models: [], checkedAt: at }, evidence, at));
}
