import { atOnce } from '../base/steps.ts';
import { UserError } from '../base/user-error.ts';
import { elementsOf, textOf, xmlSteps, type XmlElement } from './read-xml.ts';

export type TestVerdict = 'passed' | 'failed' | 'errored' | 'skipped';

/** One test of a JUnit report. */
export interface JunitCase {
  readonly name: string;
  /** Class, module or file that it belongs to, as its runner says; may be empty. */
  readonly group: string;
  readonly file: string | undefined;
  /** Counted from 0. */
  readonly line: number | undefined;
  readonly verdict: TestVerdict;
  readonly durationMs: number | undefined;
  /** Why it failed or was skipped, in a line. */
  readonly message: string;
  /** Of a failure: where and how. */
  readonly details: string;
  readonly output: string;
  /** Files that its runner attached, as written: relative to the report. */
  readonly attachments: readonly string[];
  /** It failed and passed in one run: its runner tried it again. */
  readonly isFlaky: boolean;
}

/** A bracket ends the search for the end: what a test prints may begin thousands of these and end none. */
const ATTACHMENT = /\[\[ATTACHMENT\|([^[\]\n]+)\]\]/g;
/** Stands above what a test of pytest has printed, be it nothing. */
const PYTEST_HEAD = /^-+ Captured (?:Out|Err|Log) -+$/gm;
/** Colours, as they are and as pytest writes what XML cannot hold. */
// eslint-disable-next-line no-control-regex -- that is what a terminal reads
const COLOUR = /(?:#x1B|\u001b)\[[\d;]*m/g;
const CASES_AT_ONCE = 100;
/** How a try before it ended: of a test that passed at last, and of one that never did. */
const RETRIED = ['flakyFailure', 'flakyError'];
const TRIES = [...RETRIED, 'rerunFailure', 'rerunError'];

/**
 * The tests of a report, in its order. There is no standard: this is what Ant wrote first (`testsuites`, nested `testsuite`,
 * `testcase` with `failure`, `error` or `skipped`), with Surefire's marks of repeated tests and Jenkins' lines of attachments.
 * @throws UserError when the text is no XML, or no report.
 */
export function parseJunit(text: string): readonly JunitCase[] {
  return atOnce(junitSteps(text));
}

/** `parseJunit`, step by step: a report holds all that its tests have printed. */
export function* junitSteps(text: string): Generator<void, readonly JunitCase[]> {
  const root = yield* xmlSteps(text);
  if (root.name !== 'testsuites' && root.name !== 'testsuite') throw new UserError(`Expected a JUnit report, of <testsuites> or <testsuite>, got <${root.name}>.`);
  const cases: JunitCase[] = [];
  for (const each of casesIn(root, '', undefined)) {
    cases.push(each);
    if (cases.length % CASES_AT_ONCE === 0) yield;
  }
  return together(cases);
}

function* casesIn(element: XmlElement, suite: string, file: string | undefined): Generator<JunitCase> {
  const name = element.name === 'testsuite' ? (element.attributes.get('name') ?? suite) : suite;
  const inFile = element.attributes.get('file') ?? file;
  for (const part of elementsOf(element)) {
    if (part.name === 'testcase') yield readCase(part, name, inFile);
    else if (part.name === 'testsuite') yield* casesIn(part, name, inFile);
  }
}

function readCase(element: XmlElement, suite: string, suiteFile: string | undefined): JunitCase {
  const { attributes } = element;
  const parts = elementsOf(element);
  const find = (name: string): XmlElement | undefined => parts.find((part) => part.name === name);
  const bad = find('failure') ?? find('error');
  const skipped = find('skipped');
  const why = bad ?? skipped;
  const details = bad === undefined ? '' : plain(textOf(bad)).trim();
  const retried = parts.filter(({ name }) => RETRIED.includes(name)).map(({ attributes: told }) => ['Tried again', plain(told.get('message') ?? '').trim()].filter((part) => part !== '').join(' after: '));
  const output = [...outputsOf(element), ...retried].join('\n');
  const attachments = [element, ...parts.filter(({ name }) => TRIES.includes(name))].flatMap(outputsOf).flatMap((text) => [...text.matchAll(ATTACHMENT)]);
  const line = Number(attributes.get('line') ?? NaN);
  const seconds = Number(attributes.get('time')?.replaceAll(',', '') ?? NaN);
  return {
    name: attributes.get('name') ?? '(unnamed)',
    group: attributes.get('classname') ?? suite,
    file: attributes.get('file') ?? suiteFile,
    line: Number.isInteger(line) && line >= 0 ? line : undefined,
    verdict: bad !== undefined ? (bad.name === 'error' ? 'errored' : 'failed') : skipped !== undefined ? 'skipped' : 'passed',
    durationMs: Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined,
    message: plain(why?.attributes.get('message') ?? (why === undefined ? '' : textOf(why).trim().split('\n')[0]!)).trim(),
    details,
    output: output.replaceAll(ATTACHMENT, '').trim(),
    attachments: attachments.map(([, path]) => path!),
    isFlaky: retried.length > 0,
  };
}

/** A text without its colours: tasks run as in a terminal, and so do their tests. */
function plain(text: string): string {
  return text.replaceAll(COLOUR, '');
}

/** What a test, or one try of it, has written. */
function outputsOf(element: XmlElement): readonly string[] {
  return elementsOf(element).filter(({ name }) => name === 'system-out' || name === 'system-err').map((part) => plain(textOf(part)).replaceAll(PYTEST_HEAD, '').trim()).filter((text) => text !== '');
}

/** A test that is told of more than once was tried again, or failed again when it was taken down: the worst counts. */
function together(cases: readonly JunitCase[]): readonly JunitCase[] {
  const known = new Map<string, { worst: JunitCase; isFlaky: boolean; readonly attachments: Set<string> }>();
  for (const each of cases) {
    const key = caseKey(each);
    const told = known.get(key);
    if (told === undefined) {
      known.set(key, { worst: each, isFlaky: each.isFlaky, attachments: new Set(each.attachments) });
      continue;
    }
    told.isFlaky ||= each.isFlaky || (isBad(told.worst) && each.verdict === 'passed');
    if (isBad(each) && !isBad(told.worst)) told.worst = each;
    for (const file of each.attachments) told.attachments.add(file);
  }
  return [...known.values()].map(({ worst, isFlaky, attachments }) => ({ ...worst, isFlaky, attachments: [...attachments] }));
}

export function isBad({ verdict }: Pick<JunitCase, 'verdict'>): boolean {
  return verdict === 'failed' || verdict === 'errored';
}

/** Tells the tests of one report apart, in later reports too. */
export function caseKey({ group, name }: Pick<JunitCase, 'group' | 'name'>): string {
  return `${group}\n${name}`;
}
