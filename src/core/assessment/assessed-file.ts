import type { Finding, FindingKind } from './finding.ts';

/** A function and its cyclomatic complexity (McCabe 1976: independent ways through it). */
export interface FunctionFigure {
  readonly name: string;
  /** From 0. */
  readonly line: number;
  readonly complexity: number;
}

/** What is known of a script from its text alone. */
export interface AssessedScript {
  readonly type: 'assessed';
  /** Absolute. */
  readonly path: string;
  /** Digest of the text that was looked at; see `textHash()`. */
  readonly hash: string;
  /** Lines that are not blank. */
  readonly lines: number;
  readonly counts: Readonly<Record<FindingKind, number>>;
  readonly isSyntaxWrong: boolean;
  /** In the order of the text; the first ones where there are very many. */
  readonly findings: readonly Finding[];
  readonly functions: readonly FunctionFigure[];
}

export type SkipReason = 'not-utf8' | 'too-large' | 'unreadable' | 'notebook' | 'not-python' | 'changing' | 'failed';

/** A file that nothing is said of, and why. */
export interface SkippedFile {
  readonly type: 'skipped';
  readonly path: string;
  readonly reason: SkipReason;
  /** What the system said, or a figure. */
  readonly detail?: string;
}

export type AssessedFile = AssessedScript | SkippedFile;
