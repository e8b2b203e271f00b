import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssessedScript } from '../../../../src/core/assessment/assessed-file.ts';
import { gradeOf } from '../../../../src/core/assessment/grade.ts';
import { DEFAULT_THRESHOLD, GRADE_LETTERS, isWorse, letterOf } from '../../../../src/core/assessment/grade-letter.ts';
import type { ScriptStats } from '../../../../src/core/model/script-stats.ts';
import { sampleScript } from '../../../support/sample-assessment.ts';

type Given = Partial<Omit<AssessedScript, 'counts'>> & { readonly counts?: Partial<AssessedScript['counts']> };

const runs = (more: Partial<ScriptStats>): ScriptStats => ({ script: '/lab/a.py', runs: 10, success: 1, wallMedian: 1000, wallP95: 2000, peakMemory: 1e6, cores: 1, trend: undefined, lastAt: 0, ...more });
const functions = (...figures: readonly number[]): AssessedScript['functions'] => figures.map((complexity, line) => ({ name: `f${line}`, line, complexity }));

const rows: readonly (readonly [string, Given, ScriptStats | undefined, string])[] = [
  ['nothing to complain of', {}, undefined, 'A 100'],
  ['one error costs 15 points, however long the script is', { lines: 5000, counts: { error: 1 } }, undefined, 'B 85: error 15'],
  ['errors cost 45 at most', { counts: { error: 4 } }, undefined, 'D 55: error 45'],
  ['a warning costs 3 in a short script', { lines: 5, counts: { warning: 1 } }, undefined, 'A 97: warning 3'],
  ['a warning costs less in a long one', { lines: 400, counts: { warning: 8 } }, undefined, 'A 94: warning 6'],
  ['warnings cost 30 at most', { counts: { warning: 50 } }, undefined, 'C 70: warning 30'],
  ['performance costs 4, at most 20', { counts: { performance: 2 } }, undefined, 'A 92: performance 8'],
  ['much that is slow', { counts: { performance: 9 } }, undefined, 'B 80: performance 20'],
  ['style costs 1, at most 10', { counts: { style: 90 } }, undefined, 'A 90: style 10'],
  ['complexity costs half a point for each step above 10', { functions: functions(10, 14, 12) }, undefined, 'A 97: complexity 3 (f1 14)'],
  ['complexity costs 20 at most', { functions: functions(90) }, undefined, 'B 80: complexity 20 (f0 90)'],
  ['what costs most comes first', { counts: { style: 1, warning: 2, error: 1 } }, undefined, 'C 78: error 15, warning 6, style 1'],
  ['never below nothing', { counts: { error: 9, warning: 99, performance: 99, style: 99 }, functions: functions(99) }, undefined, 'E 0: error 45, warning 30, performance 20, complexity 20 (f0 99), style 10'],
  ['what cannot be parsed has no points', { isSyntaxWrong: true, counts: { error: 3, style: 4 } }, undefined, 'F 0: syntax 100'],
  ['runs that go on as before cost nothing', {}, runs({ trend: 1.1 }), 'A 100'],
  ['runs that became faster cost nothing', {}, runs({ trend: 0.5 }), 'A 100'],
  ['runs that became half as long again', {}, runs({ trend: 1.5 }), 'A 90: slower 10'],
  ['runs that became much slower cost 10 at most', {}, runs({ trend: 9 }), 'A 90: slower 10'],
  ['runs that became a fifth slower', {}, runs({ trend: 1.2 }), 'A 96: slower 4'],
  ['a fourth of the runs failed', {}, runs({ success: 0.75 }), 'A 98: failures 2.5'],
  ['two runs tell nothing', {}, runs({ runs: 2, success: 0 }), 'A 100'],
];

for (const [name, given, stats, expected] of rows) {
  test(name, () => {
    const { letter, score, reasons } = gradeOf(sampleScript(given), stats);
    const told = reasons.map((reason) => `${reason.type} ${Number(reason.points.toFixed(2))}${reason.type === 'complexity' ? ` (${reason.worst.name} ${reason.worst.complexity})` : ''}`);
    assert.equal(`${letter} ${score}${told.length === 0 ? '' : `: ${told.join(', ')}`}`, expected);
  });
}

test('letters go by points, and E reaches down to nothing', () => {
  assert.deepEqual([100, 90, 89, 80, 79, 65, 64, 50, 49, 0].map(letterOf), ['A', 'A', 'B', 'B', 'C', 'C', 'D', 'D', 'E', 'E']);
});

test('with the default threshold E and F are worse', () => {
  assert.deepEqual(GRADE_LETTERS.filter((letter) => isWorse(letter, DEFAULT_THRESHOLD)), ['E', 'F']);
});
