import type { ScriptStats } from '../model/script-stats.ts';
import type { Finding } from './finding.ts';
import type { AssessmentReport, ScriptReport } from './report.ts';

/** The report as plain data. Places count from 1, as editors show them; times are milliseconds, memory bytes. */
export function reportJson(report: AssessmentReport): unknown {
  const { at, runner, notes, scripts, skipped, total, read, reused } = report;
  return {
    version: 1,
    at: new Date(at).toISOString(),
    ruff: { kind: runner.kind, version: runner.version, program: runner.program ?? null, notes },
    total: total === undefined ? null : { grade: total.letter, score: total.score },
    files: { assessed: scripts.length, skipped: skipped.length, read, reused },
    scripts: scripts.map(scriptJson),
    skipped: skipped.map(({ path, reason, detail }) => ({ path, reason, detail: detail ?? null })),
  };
}

function scriptJson({ script, grade, runs }: ScriptReport): unknown {
  return {
    path: script.path,
    grade: grade.letter,
    score: grade.score,
    reasons: grade.reasons.map((reason) => ({ ...reason, points: Number(reason.points.toFixed(1)), ...('worst' in reason && { worst: { ...reason.worst, line: reason.worst.line + 1 } }) })),
    lines: script.lines,
    counts: script.counts,
    functions: script.functions.map(({ name, line, complexity }) => ({ name, line: line + 1, complexity })),
    findings: script.findings.map(findingJson),
    runs: runs === undefined ? null : runsJson(runs),
  };
}

function findingJson({ code, kind, message, span, fix }: Finding): unknown {
  const { from, to } = span;
  return { code, kind, message, line: from.line + 1, column: from.character + 1, endLine: to.line + 1, endColumn: to.character + 1, fix: fix === undefined ? null : { title: fix.title, safety: fix.safety } };
}

function runsJson({ runs, success, wallMedian, wallP95, peakMemory, cores, trend }: ScriptStats): unknown {
  return { count: runs, success, wallMedianMs: wallMedian, wallP95Ms: wallP95, peakMemory, cores, trend: trend ?? null };
}
