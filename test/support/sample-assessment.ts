import type { AssessedScript } from '../../src/core/assessment/assessed-file.ts';
import type { Assessment } from '../../src/core/assessment/assessment.ts';

type Given = Partial<Omit<AssessedScript, 'counts'>> & { readonly counts?: Partial<AssessedScript['counts']> };

/** A script of a hundred lines of which there is nothing bad to say. */
export function sampleScript({ counts, ...given }: Given = {}): AssessedScript {
  return {
    type: 'assessed', path: '/lab/a.py', hash: 'hash', lines: 100, isSyntaxWrong: false, findings: [], functions: [], ...given,
    counts: { error: 0, warning: 0, performance: 0, complexity: 0, style: 0, ...counts },
  };
}

export function sampleAssessment(files: Assessment['files'], more: Partial<Assessment> = {}): Assessment {
  return { files, runner: { kind: 'built-in', version: '0.17.3' }, notes: [], read: files.length, reused: 0, ...more };
}
