import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFindings } from '../../../../src/core/assessment/read-findings.ts';
import { readRuffJson, readWasmResult, type RuffDiagnostic } from '../../../../src/core/assessment/ruff-diagnostic.ts';

function diagnostic(code: string, row: number, column: number, more: Partial<RuffDiagnostic> = {}): RuffDiagnostic {
  return { code, message: `about ${code}`, start: { row, column }, end: { row, column: column + 1 }, fix: undefined, ...more };
}

const read = (text: string, diagnostics: readonly RuffDiagnostic[], file = '/lab/a.py'): ReturnType<typeof readFindings> => readFindings(file, text, diagnostics);

test('places count from 0 and in the units of editors, behind characters that take two of them as well', () => {
  const text = 'x = 1\r\ny = "é𝄞𝄞"; import os\r\n';
  const fix = { title: 'Remove it', applicability: 'safe', edits: [{ start: { row: 2, column: 11 }, end: { row: 2, column: 21 }, content: '' }] };
  const { findings } = read(text, [diagnostic('F401', 2, 19, { end: { row: 2, column: 21 }, fix })]);
  const second = text.split('\r\n')[1]!;
  const { span, fix: found } = findings[0]!;
  assert.equal(second.slice(span.from.character, span.to.character), 'os');
  assert.deepEqual([span.from.line, span.to.line, found?.title, found?.safety], [1, 1, 'Remove it', 'safe']);
  assert.equal(second.slice(found!.edits[0]!.span.from.character, found!.edits[0]!.span.to.character), ' import os');
});

test('the complexity of every function is a figure, and one above 10 a finding', () => {
  const complex = (name: string, row: number, figure: number): RuffDiagnostic => diagnostic('C901', row, 5, { message: `\`${name}\` is too complex (${figure} > 0)` });
  const { findings, functions } = read('\n'.repeat(9), [complex('tangled', 5, 11), complex('plain', 1, 10)]);
  assert.deepEqual(functions, [{ name: 'plain', line: 0, complexity: 10 }, { name: 'tangled', line: 4, complexity: 11 }]);
  assert.deepEqual(findings.map(({ code, kind, message }) => [code, kind, message]), [['C901', 'complexity', '`tangled` is too complex (11 > 10)']]);
});

test('findings come in the order of the text, whatever order they were told in', () => {
  const { findings } = read('a\nb\nc\n', [diagnostic('F841', 3, 1), diagnostic('F401', 1, 1), diagnostic('B006', 1, 1), diagnostic('PERF401', 2, 1)]);
  assert.deepEqual(findings.map(({ code }) => code), ['B006', 'F401', 'PERF401', 'F841']);
});

test('each rule is of one kind', () => {
  const kinds = new Map<string, string>();
  for (const code of ['invalid-syntax', 'F821', 'F632', 'PLE0101', 'E902', 'B006', 'F841', 'F811', 'W605', 'E722', 'B904', 'RUF006', 'PERF401', 'ASYNC210', 'FURB129', 'RUF017', 'C414', 'PW101', 'F401', 'F541', 'E701', 'C408', 'B007', 'B028']) {
    kinds.set(code, read('x\n', [diagnostic(code, 1, 1)]).findings[0]!.kind);
  }
  assert.deepEqual(Object.fromEntries(kinds), {
    'invalid-syntax': 'error', F821: 'error', F632: 'error', PLE0101: 'error', E902: 'error',
    B006: 'warning', F841: 'warning', F811: 'warning', W605: 'warning', E722: 'warning', B904: 'warning', RUF006: 'warning',
    PERF401: 'performance', ASYNC210: 'performance', FURB129: 'performance', RUF017: 'performance', C414: 'performance', PW101: 'performance',
    F401: 'style', F541: 'style', E701: 'style', C408: 'style', B007: 'style', B028: 'style',
  });
});

test('a comment that silences stands behind what goes on over several lines, and syntax cannot be silenced', () => {
  const text = 'x = """\n  two\n"""\ny = 1 + \\\n  2\nz = [\n  3,\n]\nw = "a \\\n  b"\n';
  const at = (row: number, code = 'F841'): number | undefined => read(text, [diagnostic(code, row, 1)]).findings[0]!.noqaLine;
  assert.deepEqual([at(1), at(4), at(6), at(7), at(9)], [2, 4, 5, 6, undefined]);
  assert.equal(at(1, 'invalid-syntax'), undefined);
});

test('what depends on a path that the built-in build is not told is left out', () => {
  const diagnostics = [diagnostic('F401', 1, 1), diagnostic('F822', 1, 1), diagnostic('F841', 1, 1)];
  assert.deepEqual(read('x\n', diagnostics, '/lab/__init__.py').findings.map(({ code }) => code), ['F841']);
  assert.equal(read('x\n', diagnostics).findings.length, 3);
});

test('what every second script would be told of is left out', () => {
  assert.deepEqual(read('x\n', ['B905', 'B911', 'B912', 'B904'].map((code) => diagnostic(code, 1, 1))).findings.map(({ code }) => code), ['B904']);
});

test('lines are counted without blank ones', () => {
  assert.deepEqual([read('a\n\n  \nb', []).lines, read('', []).lines], [2, 0]);
});

const location = { row: 1, column: 2 };
const end = { row: 1, column: 4 };

test('the program and the WASM build say the same in two forms', () => {
  const common = { code: 'F401', message: 'unused', end_location: end };
  const edit = { location, end_location: end, content: '' };
  const program = readRuffJson(JSON.stringify([{ ...common, filename: '/lab/a.py', location, fix: { message: 'Remove', applicability: 'unsafe', edits: [edit] } }])).get('/lab/a.py');
  const wasm = readWasmResult([{ ...common, start_location: location, fix: { message: 'Remove', edits: [{ ...edit, content: null }] } }]);
  assert.deepEqual(program, [{ code: 'F401', message: 'unused', start: location, end, fix: { title: 'Remove', applicability: 'unsafe', edits: [{ start: location, end, content: '' }] } }]);
  assert.deepEqual(wasm, [{ ...program[0], fix: { ...program[0]!.fix, applicability: undefined } }]);
});

test('what cannot be parsed has one code, whatever the version calls it', () => {
  for (const code of [null, 'syntax-error', 'invalid-syntax']) {
    const [diagnostics] = readRuffJson(JSON.stringify([{ filename: 'a.py', code, message: 'SyntaxError: Expected `:`', location, end_location: end, fix: null }])).values();
    assert.deepEqual(diagnostics, [{ code: 'invalid-syntax', message: 'Expected `:`', start: location, end, fix: undefined }]);
  }
});

test('what is no answer of ruff is refused', () => {
  for (const text of ['', '{}', '[1]', '[{"filename":"a.py"}]', '[{"filename":"a.py","message":"m","location":{"row":"1"}}]']) assert.throws(() => readRuffJson(text), text);
});
