import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportOf } from '../../../../src/core/assessment/report.ts';
import { reportJson } from '../../../../src/core/assessment/report-json.ts';
import type { ScriptStats } from '../../../../src/core/model/script-stats.ts';
import { sampleAssessment, sampleScript } from '../../../support/sample-assessment.ts';

const stats = (script: string, more: Partial<ScriptStats> = {}): ScriptStats => ({ script, runs: 12, success: 1, wallMedian: 900, wallP95: 1500, peakMemory: 5e6, cores: 0.9, trend: 1.3, lastAt: 5, ...more });
const sameCase = (file: string): string => file.toLowerCase();

test('past runs are joined by the path of the script, however it was spelled', () => {
  const assessment = sampleAssessment([sampleScript(), sampleScript({ path: '/lab/b.py' })]);
  const { scripts } = reportOf(assessment, [stats('/LAB/A.py'), stats('/lab/b.py:volume'), stats('make all')], 0, sameCase);
  assert.deepEqual(scripts.map(({ script, grade, runs }) => [script.path, grade.score, grade.reasons[0]?.type, runs?.wallP95]), [
    ['/lab/a.py', 94, 'slower', 1500],
    ['/lab/b.py', 100, undefined, undefined],
  ]);
});

test('the worst comes first, and the whole is weighed by lines', () => {
  const assessment = sampleAssessment([
    sampleScript({ path: '/lab/long.py', lines: 900 }),
    sampleScript({ path: '/lab/short.py', lines: 100, counts: { warning: 10 } }),
    { type: 'skipped', path: '/lab/data.py', reason: 'too-large' },
  ]);
  const { scripts, skipped, total } = reportOf(assessment, [], 0, sameCase);
  assert.deepEqual(scripts.map(({ script }) => script.path), ['/lab/short.py', '/lab/long.py']);
  assert.deepEqual([total, skipped.length], [{ letter: 'A', score: 97 }, 1]);
});

test('the whole is an F only where nothing can be parsed', () => {
  const broken = sampleScript({ path: '/lab/broken.py', isSyntaxWrong: true, lines: 900 });
  assert.equal(reportOf(sampleAssessment([broken]), [], 0, sameCase).total?.letter, 'F');
  assert.equal(reportOf(sampleAssessment([broken, sampleScript()]), [], 0, sameCase).total?.letter, 'E');
  assert.equal(reportOf(sampleAssessment([]), [], 0, sameCase).total, undefined);
});

test('as data, places count from 1 and nothing is left out', () => {
  const span = { from: { line: 0, character: 7 }, to: { line: 0, character: 9 } };
  const script = sampleScript({
    counts: { style: 1, complexity: 1 },
    findings: [{ code: 'F401', kind: 'style', message: '`os` imported but unused', span, fix: { title: 'Remove it', edits: [], safety: 'safe' }, noqaLine: 0 }],
    functions: [{ name: 'f', line: 2, complexity: 12 }],
  });
  const report = reportOf(sampleAssessment([script, { type: 'skipped', path: '/lab/n.ipynb', reason: 'notebook' }], { notes: ['a note'] }), [stats('/lab/a.py')], 0, sameCase);
  assert.deepEqual(JSON.parse(JSON.stringify(reportJson(report))), {
    version: 1,
    at: '1970-01-01T00:00:00.000Z',
    ruff: { kind: 'built-in', version: '0.17.3', program: null, notes: ['a note'] },
    total: { grade: 'A', score: 92 },
    files: { assessed: 1, skipped: 1, read: 2, reused: 0 },
    scripts: [{
      path: '/lab/a.py', grade: 'A', score: 92, lines: 100,
      reasons: [{ type: 'slower', trend: 1.3, points: 6 }, { type: 'style', count: 1, points: 1 }, { type: 'complexity', count: 1, worst: { name: 'f', line: 3, complexity: 12 }, points: 1 }],
      counts: { error: 0, warning: 0, performance: 0, complexity: 1, style: 1 },
      functions: [{ name: 'f', line: 3, complexity: 12 }],
      findings: [{ code: 'F401', kind: 'style', message: '`os` imported but unused', line: 1, column: 8, endLine: 1, endColumn: 10, fix: { title: 'Remove it', safety: 'safe' } }],
      runs: { count: 12, success: 1, wallMedianMs: 900, wallP95Ms: 1500, peakMemory: 5e6, cores: 0.9, trend: 1.3 },
    }],
    skipped: [{ path: '/lab/n.ipynb', reason: 'notebook', detail: null }],
  });
});
