import type { AssessedScript } from './assessed-file.ts';
import { SYNTAX, type FindingKind } from './finding.ts';
import { readFindings } from './read-findings.ts';
import type { RuffDiagnostic } from './ruff-diagnostic.ts';
import { textHash } from './text-hash.ts';

/** Findings of one script that are kept; the counts are of all. */
const MOST_FINDINGS = 500;

/** What is known of a script from its text and from what ruff says of it. Pure. */
export function assessText(file: string, text: string, diagnostics: readonly RuffDiagnostic[]): AssessedScript {
  const { findings, functions, lines } = readFindings(file, text, diagnostics);
  const counts: Record<FindingKind, number> = { error: 0, warning: 0, performance: 0, complexity: 0, style: 0 };
  for (const { kind } of findings) counts[kind]++;
  return {
    type: 'assessed',
    path: file,
    hash: textHash(text),
    lines,
    counts,
    isSyntaxWrong: findings.some(({ code }) => code === SYNTAX),
    findings: findings.slice(0, MOST_FINDINGS),
    functions,
  };
}
