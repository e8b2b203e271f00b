import path from 'node:path';
import type { AssessedScript } from '../../core/assessment/assessed-file.ts';
import type { GradeLetter } from '../../core/assessment/grade-letter.ts';
import type { AssessmentReport, ScriptReport } from '../../core/assessment/report.ts';
import { describeGrade, describeReasons, describeRunner, describeRuns, describeSkip } from '../../core/present/assessment/describe-grade.ts';
import type { Look, Style } from '../terminal/style.ts';
import { renderTable, type Cell, type Column } from '../terminal/table.ts';

const COLUMNS: readonly Column[] = [{ title: 'grade' }, { title: 'points', align: 'right' }, { title: 'script', shrinksTo: 16 }, { title: 'why', shrinksTo: 16 }, { title: 'runs', shrinksTo: 12 }];
const FINDING_COLUMNS: readonly Column[] = [{ title: 'place', align: 'right' }, { title: 'rule' }, { title: 'finding', shrinksTo: 30 }];
const LOOKS: Readonly<Partial<Record<GradeLetter, Look>>> = { A: 'green', B: 'green', D: 'yellow', E: 'red', F: 'red' };

export interface AssessmentLinesOptions {
  readonly style: Style;
  readonly width: number | undefined;
  /** Paths are shown from here. */
  readonly cwd: string;
  /** Each finding on a line of its own; else only how many. */
  readonly areFindingsShown: boolean;
}

/** The report for a terminal: a row for each script, the worst first, and a line with the whole. */
export function assessmentLines(report: AssessmentReport, { style, width, cwd, areFindingsShown }: AssessmentLinesOptions): readonly string[] {
  const place = (file: string): string => path.relative(cwd, file) || file;
  const { scripts, skipped, notes } = report;
  return [
    ...notes.map((note) => style('yellow', `note: ${note}`)),
    ...(scripts.length === 0 ? [] : renderTable(COLUMNS, scripts.map((script) => row(script, place)), { style, width })),
    ...(areFindingsShown ? scripts.flatMap(({ script }) => findingLines(script, style, width)) : []),
    ...skipped.map((file) => style('dim', `${place(file.path)} was not assessed: ${describeSkip(file)}`)),
    ...(scripts.length + skipped.length > 0 ? [''] : []),
    summary(report),
  ];
}

function row({ script, grade, runs }: ScriptReport, place: (file: string) => string): readonly Cell[] {
  const look = LOOKS[grade.letter];
  return [look === undefined ? grade.letter : { text: grade.letter, look }, String(grade.score), place(script.path), describeReasons(grade), { text: runs === undefined ? '' : describeRuns(runs), look: 'dim' }];
}

function findingLines({ findings }: AssessedScript, style: Style, width: number | undefined): readonly string[] {
  if (findings.length === 0) return [];
  const rows = findings.map(({ code, message, span }): readonly Cell[] => [`${span.from.line + 1}:${span.from.character + 1}`, code, message]);
  return ['', ...renderTable(FINDING_COLUMNS, rows, { style, width })];
}

function summary({ total, scripts, skipped, runner, reused }: AssessmentReport): string {
  if (total === undefined) return skipped.length === 0 ? 'There is no Python script here.' : 'No script was assessed.';
  const parts = [`${scripts.length} ${scripts.length === 1 ? 'script' : 'scripts'}: ${describeGrade(total)}`, ...(reused === 0 ? [] : [`${reused} unchanged since the last look`]), describeRunner(runner)];
  return parts.join(' · ');
}
