import { assertNever } from '../../base/assert-never.ts';
import type { AssessedScript, SkippedFile } from '../../assessment/assessed-file.ts';
import { FINDING_KINDS, type FindingKind } from '../../assessment/finding.ts';
import type { Grade, GradeReason } from '../../assessment/grade.ts';
import type { RunnerIdentity } from '../../assessment/ruff-runner.ts';
import { MAX_COMPLEXITY } from '../../assessment/rules.ts';
import type { ScriptStats } from '../../model/script-stats.ts';
import { formatDuration } from '../format/format-duration.ts';
import { formatShare } from '../format/format-share.ts';

/** Such as `B (84)`. */
export function describeGrade({ letter, score }: Pick<Grade, 'letter' | 'score'>): string {
  return `${letter} (${score})`;
}

export function describeReason(reason: GradeReason): string {
  switch (reason.type) {
    case 'syntax':
      return 'cannot be parsed';
    case 'error':
    case 'warning':
    case 'performance':
    case 'style':
      return countOf(reason.type, reason.count);
    case 'complexity': {
      const { name, complexity } = reason.worst;
      const others = reason.count === 1 ? '' : `, and ${reason.count - 1} more above ${MAX_COMPLEXITY}`;
      return `complexity of ${name}: ${complexity}${others}`;
    }
    case 'slower':
      return `its latest runs took ${percent(reason.trend - 1)} longer`;
    case 'failures':
      return `${formatShare(reason.share)} of its ${reason.runs} runs did not end as expected`;
    default:
      return assertNever(reason);
  }
}

/** Why it has its grade, in half a sentence; empty when nothing is wrong. */
export function describeReasons({ reasons }: Grade): string {
  return reasons.map(describeReason).join('; ');
}

/** How many of each kind: `1 error, 3 warnings`; empty without any. */
export function describeCounts(counts: AssessedScript['counts']): string {
  return FINDING_KINDS.flatMap((kind) => (counts[kind] === 0 ? [] : [countOf(kind, counts[kind])])).join(', ');
}

/** What real runs cost, and how that changed: `12 runs, median 3.1 s, 95 % within 4.0 s, 20 % slower lately`. */
export function describeRuns({ runs, wallMedian, wallP95, trend }: ScriptStats): string {
  const change = trend === undefined || Math.round((trend - 1) * 100) === 0 ? '' : trend > 1 ? `, ${percent(trend - 1)} slower lately` : `, ${percent(1 - trend)} faster lately`;
  if (runs === 1) return `1 run, ${formatDuration(wallMedian)}`;
  return `${runs} runs, median ${formatDuration(wallMedian)}, 95 % within ${formatDuration(wallP95)}${change}`;
}

export function describeSkip({ reason, detail }: SkippedFile): string {
  const more = detail === undefined ? '' : ` (${detail})`;
  switch (reason) {
    case 'not-utf8':
      return 'its text is not UTF-8; save it as UTF-8 to have it assessed';
    case 'too-large':
      return `it is too large for a script${more}`;
    case 'unreadable':
      return `it cannot be read${more}`;
    case 'notebook':
      return 'it is a notebook; only scripts are assessed';
    case 'not-python':
      return 'it is no Python script';
    case 'changing':
      return 'it changed all the time it was looked at';
    case 'failed':
      return `ruff could not bear it${more}`;
    default:
      return assertNever(reason);
  }
}

export function describeRunner({ kind, version, program }: RunnerIdentity): string {
  return kind === 'built-in' ? `ruff ${version}, built in` : `ruff ${version}, ${program ?? 'a program'}`;
}

const WORDS: Readonly<Record<FindingKind, readonly [one: string, many: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  performance: ['performance finding', 'performance findings'],
  complexity: ['complex function', 'complex functions'],
  style: ['style finding', 'style findings'],
};

function countOf(kind: FindingKind, count: number): string {
  return `${count} ${WORDS[kind][count === 1 ? 0 : 1]}`;
}

/** Unlike a share of something, it may be more than a hundred. */
function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
