import type { ScriptStats } from '../model/script-stats.ts';
import type { AssessedScript, FunctionFigure } from './assessed-file.ts';
import type { GradeLetter } from './grade-letter.ts';
import { letterOf } from './grade-letter.ts';
import { MAX_COMPLEXITY } from './rules.ts';

/** Why a script has lost points. */
export type GradeReason =
  | { readonly type: 'syntax'; readonly points: number }
  | { readonly type: 'error' | 'warning' | 'performance' | 'style'; readonly count: number; readonly points: number }
  | { readonly type: 'complexity'; readonly count: number; readonly worst: FunctionFigure; readonly points: number }
  /** Its latest runs took longer than those before; 1.2 is a fifth longer. */
  | { readonly type: 'slower'; readonly trend: number; readonly points: number }
  /** Runs that did not end as expected; `share` is 0..1. */
  | { readonly type: 'failures'; readonly share: number; readonly runs: number; readonly points: number };

export interface Grade {
  readonly letter: GradeLetter;
  /** 0..100. */
  readonly score: number;
  /** What costs most points first; empty when nothing does. */
  readonly reasons: readonly GradeReason[];
}

/** Points per finding: of errors each, of the rest per hundred lines. */
const EACH = { error: 15, warning: 3, performance: 4, style: 1 } as const;
const MOST = { error: 45, warning: 30, performance: 20, style: 10, complexity: 20, slower: 10, failures: 10 } as const;
/** A short script is taken to be this long, or one finding would decide over it. */
const FEWEST_LINES = 100;
/** Points for each step of complexity above the limit, in all functions. */
const PER_STEP = 0.5;
/** A trend up to here is noise. */
const STEADY = 1.1;
const PER_TREND = 20;
const FEWEST_RUNS = 3;

/**
 * 100 points less what is lost, never below 0:
 * errors 15 each (at most 45); warnings 3 (30), performance findings 4 (20) and style 1 (10), each times 100 / lines, with
 * lines at least 100; half a point for each step of a function's complexity above 10 (20); 20 × (trend − 1) where runs became
 * more than a tenth slower (10); 10 × the share of at least three runs that did not end as expected (10).
 * A script that cannot be parsed has 0 points and an F.
 */
export function gradeOf(script: AssessedScript, runs?: ScriptStats): Grade {
  if (script.isSyntaxWrong) return { letter: 'F', score: 0, reasons: [{ type: 'syntax', points: 100 }] };
  const per100 = 100 / Math.max(script.lines, FEWEST_LINES);
  const { counts } = script;
  const reasons: GradeReason[] = [];
  const add = (reason: GradeReason): void => void (reason.points > 0 && reasons.push(reason));
  add({ type: 'error', count: counts.error, points: Math.min(MOST.error, counts.error * EACH.error) });
  for (const type of ['warning', 'performance', 'style'] as const) add({ type, count: counts[type], points: Math.min(MOST[type], counts[type] * EACH[type] * per100) });
  const complex = script.functions.filter(({ complexity }) => complexity > MAX_COMPLEXITY).sort((a, b) => b.complexity - a.complexity);
  const steps = complex.reduce((sum, { complexity }) => sum + complexity - MAX_COMPLEXITY, 0);
  if (complex.length > 0) add({ type: 'complexity', count: complex.length, worst: complex[0]!, points: Math.min(MOST.complexity, steps * PER_STEP) });
  if (runs !== undefined) ofRuns(runs).forEach(add);
  const score = Math.round(Math.max(0, 100 - reasons.reduce((sum, { points }) => sum + points, 0)));
  return { letter: letterOf(score), score, reasons: reasons.sort((a, b) => b.points - a.points) };
}

function ofRuns({ runs, success, trend }: ScriptStats): GradeReason[] {
  const slower: GradeReason[] = trend === undefined || trend <= STEADY ? [] : [{ type: 'slower', trend, points: Math.min(MOST.slower, (trend - 1) * PER_TREND) }];
  const failures: GradeReason[] = runs < FEWEST_RUNS ? [] : [{ type: 'failures', share: 1 - success, runs, points: (1 - success) * MOST.failures }];
  return [...slower, ...failures];
}
