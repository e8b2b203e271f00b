import type { AssessedScript } from '../../assessment/assessed-file.ts';
import type { Finding } from '../../assessment/finding.ts';
import type { AssessmentReport, ScriptReport } from '../../assessment/report.ts';
import { describeCounts, describeGrade, describeReason, describeRunner, describeRuns, describeSkip } from './describe-grade.ts';
import { codeSpan, escapeInline } from '../format/escape-markdown.ts';
import { filePlace } from '../format/file-place.ts';

/** Scripts in the table, scripts with a part of their own, and findings in each: a page of thousands of lines nobody reads. */
const MOST_ROWS = 500;
const MOST_PARTS = 100;
const MOST_FINDINGS = 50;

export interface AssessmentPageContext {
  /** Folders that paths are shown from. */
  readonly roots: readonly string[];
  /** Date and time in the reader's way. */
  readonly formatTime: (at: number) => string;
}

/** The report as a Markdown page: a table of all scripts, the worst first, then each with its reasons and findings. */
export function assessmentPage(report: AssessmentReport, { roots, formatTime }: AssessmentPageContext): string {
  const place = (file: string): string => codeSpan(filePlace(file, roots));
  const parts = report.scripts.filter(({ script, grade, runs }) => script.findings.length > 0 || grade.reasons.length > 0 || runs !== undefined);
  return [
    '# Script Assessment',
    summary(report, formatTime),
    ...report.notes.map((note) => `> ${escapeInline(note)}`),
    ...(report.scripts.length === 0 ? [] : [table(report.scripts, place)]),
    ...parts.slice(0, MOST_PARTS).map((script) => part(script, place)),
    ...more(parts.length - MOST_PARTS, 'scripts have findings', 'script has findings'),
    ...(report.skipped.length === 0 ? [] : ['## Not Assessed', report.skipped.map((file) => `- ${place(file.path)}: ${escapeInline(describeSkip(file))}`).join('\n')]),
    '',
  ].join('\n\n').replace(/\n+$/, '\n');
}

function summary({ total, scripts, skipped, runner, at }: AssessmentReport, formatTime: (at: number) => string): string {
  const findings = scripts.reduce((sum, { script }) => sum + Object.values(script.counts).reduce((all, count) => all + count, 0), 0);
  const facts = [
    ...(total === undefined ? [] : [`**${describeGrade(total)}**`]),
    counted(scripts.length, 'script', 'scripts'),
    counted(findings, 'finding', 'findings'),
    ...(skipped.length === 0 ? [] : [`${skipped.length} not assessed`]),
    runner.kind === 'built-in' ? describeRunner(runner) : `ruff ${runner.version}, ${codeSpan(runner.program ?? 'ruff')}`,
    formatTime(at),
  ];
  return facts.join(' · ');
}

function table(scripts: readonly ScriptReport[], place: (file: string) => string): string {
  const rows = scripts.slice(0, MOST_ROWS).map(({ script, grade, runs }) => {
    const cells = [describeGrade(grade), place(script.path), String(script.lines), describeCounts(script.counts), mostComplex(script), runs === undefined ? '' : describeRuns(runs)];
    return `| ${cells.join(' | ')} |`;
  });
  return ['| Grade | Script | Lines | Findings | Most complex | Runs |', '|:--|:--|--:|:--|:--|:--|', ...rows, ...more(scripts.length - MOST_ROWS, 'scripts', 'script').map((line) => `| | ${line} | | | | |`)].join('\n');
}

function mostComplex({ functions }: AssessedScript): string {
  const [worst] = [...functions].sort((a, b) => b.complexity - a.complexity);
  return worst === undefined ? '' : `${codeSpan(worst.name)} ${worst.complexity}`;
}

function part({ script, grade, runs }: ScriptReport, place: (file: string) => string): string {
  return [
    `## ${place(script.path)}: ${describeGrade(grade)}`,
    ...(runs === undefined ? [] : [describeRuns(runs)]),
    ...(grade.reasons.length === 0 ? [] : [grade.reasons.map((reason) => `- ${escapeInline(describeReason(reason))} (−${points(reason.points)})`).join('\n')]),
    ...(script.findings.length === 0 ? [] : [findingsTable(script)]),
  ].join('\n\n');
}

function findingsTable({ findings, counts }: AssessedScript): string {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const row = ({ span, code, message, fix }: Finding): string => `| ${span.from.line + 1}:${span.from.character + 1} | ${code} | ${escapeInline(message)}${fix === undefined ? '' : ' (has a fix)'} |`;
  return ['| Line | Rule | Finding |', '|--:|:--|:--|', ...findings.slice(0, MOST_FINDINGS).map(row), ...more(all - Math.min(findings.length, MOST_FINDINGS), 'findings', 'finding').map((line) => `| | | ${line} |`)].join('\n');
}

function points(value: number): string {
  return value < 0.95 ? value.toFixed(1) : String(Math.round(value));
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function more(count: number, many: string, one: string): readonly string[] {
  return count <= 0 ? [] : [`and ${count} more ${count === 1 ? one : many}`];
}
