import path from 'node:path';
import { pathKey } from '../locks/path-key.ts';
import type { ScriptStats } from '../model/script-stats.ts';
import type { AssessedScript, SkippedFile } from './assessed-file.ts';
import type { Assessment } from './assessment.ts';
import { gradeOf, type Grade } from './grade.ts';
import { letterOf, type GradeLetter } from './grade-letter.ts';
import type { RunnerIdentity } from './ruff-runner.ts';

/** A script with its grade, and with what its runs really cost where there were any. */
export interface ScriptReport {
  readonly script: AssessedScript;
  readonly grade: Grade;
  readonly runs: ScriptStats | undefined;
}

export interface AssessmentReport {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly runner: RunnerIdentity;
  /** Why another ruff was not taken. */
  readonly notes: readonly string[];
  /** The worst first. */
  readonly scripts: readonly ScriptReport[];
  readonly skipped: readonly SkippedFile[];
  /** Of all scripts, each counting by its lines; `undefined` without any. */
  readonly total: { readonly letter: GradeLetter; readonly score: number } | undefined;
  /** Files that were read, and files that had not changed since they were last looked at. */
  readonly read: number;
  readonly reused: number;
}

/** Grades what was assessed, joined with past runs by the path of the script. */
export function reportOf(assessment: Assessment, stats: readonly ScriptStats[], at: number, keyOf: (file: string) => string = pathKey): AssessmentReport {
  const ran = stats.filter(({ script }) => mayBePath(script));
  const statsByPath = new Map(ran.map((each) => [keyOf(each.script), each]));
  // The key of a path costs a look at the disk: most scripts have never run, by no name.
  const names = new Set(ran.map(({ script }) => nameOf(script)));
  const scripts = assessment.files.flatMap((file): ScriptReport[] => {
    if (file.type === 'skipped') return [];
    const runs = names.has(nameOf(file.path)) ? statsByPath.get(keyOf(file.path)) : undefined;
    return [{ script: file, grade: gradeOf(file, runs), runs }];
  });
  return {
    at,
    runner: assessment.runner,
    notes: assessment.notes,
    scripts: scripts.sort((a, b) => a.grade.score - b.grade.score || (a.script.path < b.script.path ? -1 : 1)),
    skipped: assessment.files.filter((file) => file.type === 'skipped'),
    total: totalOf(scripts),
    read: assessment.read,
    reused: assessment.reused,
  };
}

/** Functions and commands have figures too, under names that are no paths. */
function mayBePath(script: string): boolean {
  return /\.pyw?$/i.test(script);
}

function nameOf(file: string): string {
  return path.basename(file).toLowerCase();
}

/** A mean hides the worst: the letter is an F only where every script has one. */
function totalOf(scripts: readonly ScriptReport[]): AssessmentReport['total'] {
  if (scripts.length === 0) return undefined;
  const weight = ({ script }: ScriptReport): number => Math.max(1, script.lines);
  const score = Math.round(scripts.reduce((sum, each) => sum + each.grade.score * weight(each), 0) / scripts.reduce((sum, each) => sum + weight(each), 0));
  return { letter: scripts.every(({ grade }) => grade.letter === 'F') ? 'F' : letterOf(score), score };
}
