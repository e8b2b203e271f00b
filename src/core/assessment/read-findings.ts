import path from 'node:path';
import type { FunctionFigure } from './assessed-file.ts';
import { kindOf } from './finding-kind.ts';
import { compareFindings, SYNTAX, type Finding, type Fix } from './finding.ts';
import { noqaLine } from './noqa.ts';
import { mayBeSlow, slowPlaces } from './performance-rules.ts';
import { pythonLines, type PythonLine } from './python-line.ts';
import type { RuffDiagnostic, RuffFix } from './ruff-diagnostic.ts';
import { isUnknowable, LEFT_OUT, MAX_COMPLEXITY } from './rules.ts';
import { placeIn, textLines } from './text-lines.ts';

export interface ReadFindings {
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  /** All functions that ruff could tell, in the order of the text. */
  readonly functions: readonly FunctionFigure[];
  /** Lines that are not blank. */
  readonly lines: number;
}

const COMPLEX = /^`(?<name>.*)` is too complex \((?<figure>\d+) > \d+\)$/;

/** What ruff said of a text, in the terms of editors, with what our own rules find. */
export function readFindings(file: string, text: string, diagnostics: readonly RuffDiagnostic[]): ReadFindings {
  const lines = textLines(text);
  let scanned: readonly PythonLine[] | undefined;
  const scan = (): readonly PythonLine[] => (scanned ??= pythonLines(lines));
  const isPackageEntry = path.basename(file) === '__init__.py';
  const functions: FunctionFigure[] = [];
  const findings: Finding[] = [];
  for (const diagnostic of diagnostics) {
    const { code, message } = diagnostic;
    if (LEFT_OUT.has(code) || (isPackageEntry && isUnknowable(code, message))) continue;
    const complex = code === 'C901' ? COMPLEX.exec(message)?.groups : undefined;
    if (complex !== undefined) {
      const complexity = Number(complex.figure);
      functions.push({ name: complex.name!, line: diagnostic.start.row - 1, complexity });
      if (complexity <= MAX_COMPLEXITY) continue;
    }
    const line = diagnostic.start.row - 1;
    const silencedAt = code === SYNTAX ? undefined : mayContinue(lines[line] ?? '') ? noqaLine(scan(), line) : line;
    const span = { from: placeIn(lines, diagnostic.start), to: placeIn(lines, diagnostic.end) };
    findings.push({
      code,
      kind: kindOf(code),
      message: complex === undefined ? message : `\`${complex.name}\` is too complex (${complex.figure} > ${MAX_COMPLEXITY})`,
      span,
      ...(diagnostic.fix !== undefined && { fix: readFix(diagnostic.fix, code, lines) }),
      ...(silencedAt !== undefined && { noqaLine: silencedAt }),
    });
  }
  if (mayBeSlow(text)) findings.push(...slowPlaces(scan()));
  return {
    findings: findings.sort(compareFindings),
    functions: functions.sort((a, b) => a.line - b.line),
    lines: lines.reduce((count, line) => (line.trim() === '' ? count : count + 1), 0),
  };
}

/** Inside of a string over several lines nothing is found but on the line that it begins in. */
function mayContinue(line: string): boolean {
  return line.includes('"""') || line.includes("'''") || line.endsWith('\\');
}

function readFix({ title, applicability, edits }: RuffFix, code: string, lines: readonly string[]): Fix {
  return {
    title: title ?? `Fix ${code}`,
    edits: edits.map(({ start, end, content }) => ({ span: { from: placeIn(lines, start), to: placeIn(lines, end) }, text: content })),
    safety: applicability === undefined ? 'unknown' : applicability === 'safe' ? 'safe' : 'unsafe',
  };
}
