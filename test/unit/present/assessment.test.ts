import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssessedScript } from '../../../src/core/assessment/assessed-file.ts';
import { gradeOf } from '../../../src/core/assessment/grade.ts';
import { reportOf, type AssessmentReport } from '../../../src/core/assessment/report.ts';
import type { ScriptStats } from '../../../src/core/model/script-stats.ts';
import { assessmentPage } from '../../../src/core/present/assessment/assessment-page.ts';
import { describeRuns, describeSkip } from '../../../src/core/present/assessment/describe-grade.ts';
import { presentGrade } from '../../../src/core/present/assessment/present-grade.ts';
import { sampleAssessment, sampleScript } from '../../support/sample-assessment.ts';

const stats: ScriptStats = { script: '/lab/work/a.py', runs: 12, success: 0.75, wallMedian: 3100, wallP95: 4000, peakMemory: 5e6, cores: 0.9, trend: 1.25, lastAt: 5 };
const page = (report: AssessmentReport): string => assessmentPage(report, { roots: ['/lab/work'], formatTime: () => 'today' });
const span = (line: number, character: number): AssessedScript['findings'][number]['span'] => ({ from: { line, character }, to: { line, character: character + 1 } });

test('the page tells grades with their reasons, what runs cost, findings, and what was left out', () => {
  const bad = sampleScript({
    path: '/lab/work/a.py', lines: 50, counts: { error: 1, style: 1, complexity: 2 },
    findings: [
      { code: 'F821', kind: 'error', message: 'Undefined name `x|y`', span: span(4, 2), noqaLine: 4 },
      { code: 'F401', kind: 'style', message: '`os` imported but unused', span: span(0, 7), fix: { title: 'Remove', edits: [], safety: 'safe' }, noqaLine: 0 },
    ],
    functions: [{ name: 'plain', line: 1, complexity: 2 }, { name: 'Solver.run', line: 9, complexity: 16 }, { name: 'load', line: 30, complexity: 11 }],
  });
  const assessment = sampleAssessment([bad, sampleScript({ path: '/lab/work/sub/b.py' }), { type: 'skipped', path: '/other/big.py', reason: 'too-large', detail: '9 bytes, at most 3' }], { notes: ['`ruff` is old'] });
  assert.equal(page(reportOf(assessment, [stats], 0, (file) => file)), `# Script Assessment

**A (91)** · 2 scripts · 4 findings · 1 not assessed · ruff 0.17.3, built in · today

> \\\`ruff\\\` is old

| Grade | Script | Lines | Findings | Most complex | Runs |
|:--|:--|--:|:--|:--|:--|
| C (73) | \`a.py\` | 50 | 1 error, 2 complex functions, 1 style finding | \`Solver.run\` 16 | 12 runs, median 3.1 s, 95 % within 4.0 s, 25 % slower lately |
| A (100) | \`sub/b.py\` | 100 |  |  |  |

## \`a.py\`: C (73)

12 runs, median 3.1 s, 95 % within 4.0 s, 25 % slower lately

- 1 error (−15)
- its latest runs took 25 % longer (−5)
- complexity of Solver.run: 16, and 1 more above 10 (−4)
- 25 % of its 12 runs did not end as expected (−3)
- 1 style finding (−1)

| Line | Rule | Finding |
|--:|:--|:--|
| 5:3 | F821 | Undefined name \\\`x\\|y\\\` |
| 1:8 | F401 | \\\`os\\\` imported but unused (has a fix) |
| | | and 2 more findings |

## Not Assessed

- \`/other/big.py\`: it is too large for a script (9 bytes, at most 3)
`);
});

test('what others have written does no harm to the page', () => {
  const script = sampleScript({ path: '/lab/work/a|`b`.py', counts: { style: 1 }, findings: [{ code: 'F401', kind: 'style', message: '*x* <b> [l](u) | `y`\nz', span: span(0, 0) }], functions: [{ name: '__init__', line: 0, complexity: 30 }] });
  const text = page(reportOf(sampleAssessment([script]), [], 0, (file) => file));
  assert.ok(text.includes('| `` a\\|`b`.py `` |'), text);
  assert.ok(text.includes('| 1:1 | F401 | \\*x\\* &lt;b> \\[l\\](u) \\| \\`y\\` z |'), text);
  assert.ok(text.includes('- complexity of \\_\\_init\\_\\_: 30'), text);
});

test('a page about nothing says so', () => {
  assert.equal(page(reportOf(sampleAssessment([]), [], 0)), '# Script Assessment\n\n0 scripts · 0 findings · ruff 0.17.3, built in · today\n');
});

test('a page about very many scripts stays short enough to be read', () => {
  const findings = [{ code: 'F401', kind: 'style' as const, message: 'unused', span: span(0, 0) }];
  const many = Array.from({ length: 2000 }, (_, index) => sampleScript({ path: `/lab/work/${index}.py`, counts: { style: 1 }, findings }));
  const text = page(reportOf(sampleAssessment(many), [], 0, (file) => file));
  assert.ok(text.split('\n').length < 2000);
  assert.match(text, /and 1500 more scripts/);
  assert.match(text, /and 1900 more scripts have findings/);
});

test('a change of what runs cost is told when there is one', () => {
  const told = (more: Partial<ScriptStats>): string => describeRuns({ ...stats, ...more });
  assert.equal(told({ trend: undefined, runs: 1 }), '1 run, 3.1 s');
  assert.equal(told({ trend: 1.001 }), '12 runs, median 3.1 s, 95 % within 4.0 s');
  assert.equal(told({ trend: 0.6 }), '12 runs, median 3.1 s, 95 % within 4.0 s, 40 % faster lately');
  assert.equal(told({ trend: 3.5 }), '12 runs, median 3.1 s, 95 % within 4.0 s, 250 % slower lately');
});

test('a row says the grade, and why', () => {
  const face = (script: AssessedScript): readonly string[] => {
    const { label, description, accessibility, iconColor } = presentGrade({ script, grade: gradeOf(script) });
    return [label, description, accessibility, iconColor ?? ''];
  };
  assert.deepEqual(face(sampleScript()), ['grade A (100)', 'nothing to complain of', 'grade A (100), no findings', '']);
  assert.deepEqual(face(sampleScript({ counts: { warning: 2, performance: 1 } })), ['grade A (90)', '2 warnings; 1 performance finding', 'grade A (90), 2 warnings, 1 performance finding', '']);
  assert.deepEqual(face(sampleScript({ isSyntaxWrong: true, counts: { error: 1 } })), ['grade F (0)', 'cannot be parsed', 'grade F (0), 1 error', 'list.warningForeground']);
});

test('each reason to leave a file out is said', () => {
  const reasons = ['not-utf8', 'too-large', 'unreadable', 'notebook', 'not-python', 'changing', 'failed'] as const;
  const texts = reasons.map((reason) => describeSkip({ type: 'skipped', path: '/a', reason, detail: 'why' }));
  assert.equal(new Set(texts).size, reasons.length);
  assert.match(texts[2]!, /it cannot be read \(why\)/);
});
