import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTurns } from '../../../../src/core/base/steps.ts';
import { UserError } from '../../../../src/core/base/user-error.ts';
import { caseKey, junitSteps, parseJunit } from '../../../../src/core/gui-tests/parse-junit.ts';
import { readXml, textOf } from '../../../../src/core/gui-tests/read-xml.ts';

const PYTEST = `<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" tests="3">
<testcase classname="tests.test_window.TestWindow" name="test_opens" file="tests/test_window.py" line="7" time="0.250" />
<testcase classname="tests.test_window.TestWindow" name="test_closes" file="tests/test_window.py" line="11" time="1.5"><failure message="assert #x1B[0m#x1B[91m1 == 2#x1B[39;49;00m&#10;more">#x1B[94mdef#x1B[0m test_closes():
&gt;   assert 1 &lt; 0</failure><system-out>------- Captured Out -------
seen
[[ATTACHMENT|shots/closes.png]]</system-out><system-err>------- Captured Err -------

</system-err></testcase>
<testcase classname="tests.test_window" name="test_later" time="0"><skipped type="pytest.skip" message="no mouse">here</skipped></testcase>
</testsuite></testsuites>`;

test('a report of pytest is read with places, times, reasons and attachments', () => {
  const [opens, closes, later] = parseJunit(PYTEST);
  assert.deepEqual(opens, { name: 'test_opens', group: 'tests.test_window.TestWindow', file: 'tests/test_window.py', line: 7, verdict: 'passed', durationMs: 250, message: '', details: '', output: '', attachments: [], isFlaky: false });
  assert.deepEqual(closes, { name: 'test_closes', group: 'tests.test_window.TestWindow', file: 'tests/test_window.py', line: 11, verdict: 'failed', durationMs: 1500, message: 'assert 1 == 2\nmore', details: 'def test_closes():\n>   assert 1 < 0', output: 'seen', attachments: ['shots/closes.png'], isFlaky: false });
  assert.deepEqual([later!.verdict, later!.message, later!.file], ['skipped', 'no mouse', undefined]);
});

test('suites in suites give their names and files to tests that have none', () => {
  const cases = parseJunit('<testsuite name="all"><testsuite name="login" file="a.spec.ts"><testcase name="one"/><testsuite name="deep"><testcase name="two"/></testsuite></testsuite><testcase name="three"/></testsuite>');
  assert.deepEqual(cases.map(({ group, name, file }) => [group, name, file]), [['login', 'one', 'a.spec.ts'], ['deep', 'two', 'a.spec.ts'], ['all', 'three', undefined]]);
});

test('errors, CDATA, comments and the tails of outputs are told apart', () => {
  const [one] = parseJunit('\uFEFF<testsuite><!-- a > b --><testcase name="a &amp; b" classname=\'x "y"\'><error><![CDATA[<b> & ]] >]]></error><system-err>&#x41;&#66;</system-err></testcase></testsuite>');
  assert.deepEqual([one!.name, one!.group, one!.verdict, one!.details, one!.message, one!.output], ['a & b', 'x "y"', 'errored', '<b> & ]] >', '<b> & ]] >', 'AB']);
});

test('a test that is told of twice is one; it is flaky when it passed in the end', () => {
  const cases = parseJunit('<testsuite><testcase classname="c" name="a"><failure message="first"/></testcase><testcase classname="c" name="a"/><testcase classname="c" name="b"/><testcase classname="c" name="b"><error message="taking down"/></testcase><testcase classname="c" name="r"><flakyFailure message="once"/></testcase></testsuite>');
  assert.deepEqual(cases.map((each) => [caseKey(each), each.verdict, each.message, each.isFlaky]), [['c\na', 'failed', 'first', true], ['c\nb', 'errored', 'taking down', false], ['c\nr', 'passed', '', true]]);
});

test('what an earlier try said and left is kept, of a test that passed at last and of one that never did', () => {
  const tried = (name: string, kind: string): string => `<testcase classname="c" name="${name}"><system-out>last [[ATTACHMENT|last.txt]]</system-out>${kind === 'flaky' ? '' : '<failure message="first"/>'}<${kind}Failure message="no button"><stackTrace>at b</stackTrace><system-out>tried [[ATTACHMENT|${name}-1.png]]</system-out></${kind}Failure></testcase>`;
  const cases = parseJunit(`<testsuite>${tried('a', 'flaky')}${tried('b', 'rerun')}</testsuite>`);
  assert.deepEqual(cases.map((each) => [each.verdict, each.message, each.output, each.attachments, each.isFlaky]), [
    ['passed', '', 'last \nTried again after: no button', ['last.txt', 'a-1.png'], true],
    ['failed', 'first', 'last', ['last.txt', 'b-1.png'], false],
  ]);
});

const BROKEN: readonly (readonly [what: string, text: string, message: RegExp])[] = [
  ['nothing', '', /Line 1: expected an element, got none/],
  ['no XML', 'Traceback', /Line 1: expected no text outside/],
  ['cut off', '<testsuites>\n<testsuite>\n<testcase name="a">', /Line 3: the text ends inside <testcase>/],
  ['cut off in a tag', '<testsuites><testcase na', /expected a tag/],
  ['crossed', '<testsuites><testsuite></testsuites></testsuite>', /expected <\/testsuite>, got <\/testsuites>/],
  ['closed twice', '<testsuites/></testsuites>', /closes nothing/],
  ['two roots', '<testsuites/><testsuites/>', /expected one outermost element/],
  ['an unknown entity', '<testsuites name="&bomb;"/>', /unknown entity &bomb;/],
  ['a bare ampersand', '<testsuites name="a & b"/>', /unknown entity &/],
  ['a number that is no character', '<testsuites>&#x110000;</testsuites>', /unknown entity &#x110000;/],
  ['an attribute twice', '<testsuites a="1" a="2"/>', /the attribute a is there twice/],
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><testsuites/>', /document types are not read/],
  ['endless depth', '<testsuite>'.repeat(600), /nested more than 500 deep/],
  ['another document', '<html></html>', /Expected a JUnit report, .* got <html>/],
];
for (const [what, text, message] of BROKEN) {
  test(`a report that is broken says where: ${what}`, () => {
    assert.throws(() => parseJunit(text), (error) => error instanceof UserError && message.test(error.message));
  });
}

test('a report that is cut off anywhere is never taken for a whole one', () => {
  for (let length = 0; length < PYTEST.length; length++) assert.throws(() => parseJunit(PYTEST.slice(0, length)), UserError);
});

test('what is written is what is read, whatever it is', () => {
  const nasty = '<>&"\'\n\t]]> é 😀';
  const escaped = nasty.replaceAll(/[<>&"'\n\t]/g, (character) => `&#${character.codePointAt(0)!};`);
  const element = readXml(`<a b="${escaped}">${escaped}<c/>${escaped}</a>`);
  assert.deepEqual([element.attributes.get('b'), textOf(element)], [nasty, nasty + nasty]);
});

test('what tests print costs no more for marks of attachments that never end', () => {
  const marks = '[[ATTACHMENT|'.repeat(100_000);
  const [one] = parseJunit(`<testsuite><testcase name="a"><system-out>${marks}a.png]]</system-out></testcase></testsuite>`);
  assert.deepEqual([one!.attachments, one!.output.length], [['a.png'], marks.length - '[[ATTACHMENT|'.length]);
});

test('a test that is told of thousands of times keeps what was attached each time', () => {
  const times = 20_000;
  const told = Array.from({ length: times }, (_, index) => `<testcase name="a"><system-out>[[ATTACHMENT|${index}.png]]</system-out></testcase>`).join('');
  const cases = parseJunit(`<testsuite>${told}</testsuite>`);
  assert.deepEqual(cases.map(({ attachments }) => attachments.length), [times]);
});

test('a long report is read in many short steps, and says the same', async () => {
  const text = `<testsuite>${Array.from({ length: 2000 }, (_, index) => `<testcase name="${index}"><system-out>${'printed '.repeat(200)}</system-out></testcase>`).join('')}</testsuite>`;
  const steps = [...junitSteps(text)].length;
  assert.ok(steps > 25, `${steps} steps`);
  assert.deepEqual(await inTurns(junitSteps(text)), parseJunit(text));
});
