import type { AgentReport } from './agent-evidence.ts';

/** What all runs of a prompt came to together. */
export interface PromptSpent {
  readonly runs: number;
  readonly turns: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars; undefined where no agent told any. */
  readonly costUsd: number | undefined;
  readonly refusals: number;
  /** Absolute paths, each once. */
  readonly filesChanged: readonly string[];
}

export function sumReports(reports: readonly AgentReport[]): PromptSpent {
  const sum = (of: (report: AgentReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
  return {
    runs: reports.length,
    turns: sum(({ turns }) => turns),
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    costUsd: reports.some(({ costUsd }) => costUsd !== undefined) ? sum(({ costUsd = 0 }) => costUsd) : undefined,
    refusals: sum(({ refusals }) => refusals.length),
    filesChanged: [...new Set(reports.flatMap(({ filesChanged }) => filesChanged))],
  };
}
