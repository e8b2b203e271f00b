import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assessFiles } from '../../src/core/assessment/assess-files.ts';
import type { AssessedScript } from '../../src/core/assessment/assessed-file.ts';
import type { Place } from '../../src/core/assessment/finding.ts';
import { LEFT_OUT, MAX_COMPLEXITY, RUFF_ARGUMENTS } from '../../src/core/assessment/rules.ts';
import { systemClock } from '../../src/core/base/clock.ts';
import { pathFinder } from '../../src/core/launch/find-program.ts';
import { tempFolder } from '../support/temp-folder.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const MOST_FILES = 600;
const { version: VERSION } = createRequire(import.meta.url)('@astral-sh/ruff-wasm-nodejs/package.json') as { version: string };

/** What ruff can see of these only by their place in the standard library, which the built-in build is not told. */
const BY_PATH = [/^abc\.py B024 /];

test('the built-in ruff, the program and what ruff itself prints agree on the examples and on the standard library of Python', async (t) => {
  const { ruff, library } = installRuff(t);
  if (ruff === undefined) return;
  const files = [...pythonFiles(EXAMPLES), ...hardCases(tempFolder(t)), ...pythonFiles(library, ['test', 'tests', 'idlelib', 'lib2to3', 'site-packages', 'turtledemo'])].slice(0, MOST_FILES);
  t.diagnostic(`${files.length} files, ruff ${VERSION}`);
  const printed = ruffItself(ruff, files);
  const builtIn = await assess(t, files, undefined);
  const program = await assess(t, files, ruff);

  const disagreements: string[] = [];
  let findings = 0;
  for (const file of files) {
    const base = path.basename(file);
    const ours = { 'built in': lines(builtIn.get(file)), program: lines(program.get(file)) };
    const expected = base === '__init__.py' ? (printed.get(file) ?? []).filter((line) => !/^F(?:401|822) |`__path__`/.test(line)) : (printed.get(file) ?? []);
    findings += expected.length;
    for (const [who, said] of Object.entries(ours)) {
      if (said === undefined) {
        disagreements.push(`${file}: not assessed (${who})`);
        continue;
      }
      for (const line of difference(said, expected)) disagreements.push(`${base} ${line} (only ${who})`);
      for (const line of difference(expected, said)) if (who !== 'built in' || !BY_PATH.some((known) => known.test(`${base} ${line}`))) disagreements.push(`${base} ${line} (not ${who})`);
    }
    assert.deepEqual(builtIn.get(file)?.functions, program.get(file)?.functions, file);
  }
  assert.deepEqual(disagreements.slice(0, 20), []);
  assert.ok(findings > 500, `only ${findings} findings were compared`);
});

function installRuff(t: TestContext): { ruff: string; library: string } | { ruff: undefined; library: string } {
  const skip = (why: string): { ruff: undefined; library: string } => {
    console.log(`The agreement with ruff was NOT tested: ${why}`);
    t.skip(why);
    return { ruff: undefined, library: '' };
  };
  const python = pathFinder().find(process.platform === 'win32' ? 'python' : 'python3');
  if (python === undefined) return skip('there is no Python on the PATH');
  const environment = path.join(tempFolder(t), 'environment');
  try {
    execFileSync(python, ['-m', 'venv', environment], { stdio: 'pipe' });
    const bin = path.join(environment, process.platform === 'win32' ? 'Scripts' : 'bin');
    execFileSync(path.join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '1', `ruff==${VERSION}`], { stdio: 'pipe', timeout: 120_000 });
    const library = execFileSync(path.join(bin, 'python'), ['-c', 'import os; print(os.path.dirname(os.__file__))'], { encoding: 'utf8' }).trim();
    return { ruff: path.join(bin, process.platform === 'win32' ? 'ruff.exe' : 'ruff'), library };
  } catch (error) {
    return skip(`ruff ${VERSION} cannot be installed: ${String((error as { stderr?: unknown }).stderr ?? error).trim().split('\n').at(-1)!}`);
  }
}

async function assess(t: TestContext, paths: readonly string[], ruff: string | undefined): Promise<ReadonlyMap<string, AssessedScript>> {
  const home = tempFolder(t);
  const { files, runner, notes } = await assessFiles(paths, { home, clock: systemClock, finder: pathFinder(), workspace: home, allowPrograms: ruff !== undefined, ...(ruff !== undefined && { ruff }) });
  assert.deepEqual([runner.kind, runner.version, notes], [ruff === undefined ? 'built-in' : 'program', VERSION, []]);
  return new Map(files.flatMap((file) => (file.type === 'assessed' ? [[file.path, file]] : [])));
}

interface Printed {
  readonly filename: string;
  readonly code: string;
  readonly message: string;
  readonly location: { readonly row: number; readonly column: number };
  readonly end_location: { readonly row: number; readonly column: number };
  readonly noqa_row: number | null;
  readonly fix: { readonly edits: readonly { readonly content: string | null; readonly location: Printed['location']; readonly end_location: Printed['location'] }[] } | null;
}

/** What `ruff check` prints for the same rules, with the limit of complexity that we tell of. */
function ruffItself(ruff: string, files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const args = RUFF_ARGUMENTS.map((word) => (word.startsWith('lint.mccabe') ? `lint.mccabe.max-complexity=${MAX_COMPLEXITY}` : word));
  const printed = JSON.parse(execFileSync(ruff, [...args, ...files], { encoding: 'utf8', maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'ignore'] })) as readonly Printed[];
  const byFile = new Map<string, string[]>();
  const at = ({ row, column }: Printed['location']): string => `${row}:${column}`;
  for (const { filename, code, message, location, end_location: end, noqa_row: noqa, fix } of printed) {
    if (LEFT_OUT.has(code)) continue;
    const edits = fix === null ? 'no fix' : fix.edits.map((edit) => `${at(edit.location)}-${at(edit.end_location)} ${JSON.stringify(edit.content ?? '')}`).join(' ');
    // Ruff looks for the comment inside of a plain string that goes on in the next line, where there can be none.
    const isInString = noqa !== null && textOf(filename)[noqa - 1]!.endsWith('\\');
    const line = `${code} ${at(location)}-${at(end)} ${message} · ${edits} · ${isInString ? 'never' : (noqa ?? 'never')}`;
    byFile.set(filename, [...(byFile.get(filename) ?? []), line]);
  }
  return byFile;
}

function textOf(file: string): readonly string[] {
  return readFileSync(file, 'utf8').replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
}

/** Our findings in ruff's way of counting: from 1, in code points. */
function lines(script: AssessedScript | undefined): readonly string[] | undefined {
  if (script === undefined) return undefined;
  const text = textOf(script.path);
  const at = ({ line, character }: Place): string => `${line + 1}:${[...(text[line] ?? '').slice(0, character)].length + 1}`;
  return script.findings.filter(({ code }) => !code.startsWith('PW')).map(({ code, span, message, fix, noqaLine }) => {
    const edits = fix === undefined ? 'no fix' : fix.edits.map((edit) => `${at(edit.span.from)}-${at(edit.span.to)} ${JSON.stringify(edit.text)}`).join(' ');
    return `${code} ${at(span.from)}-${at(span.to)} ${message} · ${edits} · ${noqaLine === undefined ? 'never' : noqaLine + 1}`;
  });
}

function difference(from: readonly string[], without: readonly string[]): readonly string[] {
  const known = new Set(without);
  return from.filter((line) => !known.has(line));
}

function pythonFiles(folder: string, leaveOut: readonly string[] = []): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.py') && !name.split(path.sep).some((part) => leaveOut.includes(part)))
    .sort()
    .map((name) => path.join(folder, name));
}

/** What counting, reading and silencing may stumble over. */
function hardCases(folder: string): readonly string[] {
  const cases: Readonly<Record<string, string>> = {
    'syntax.py': 'import os\ndef f(:\n  pass\n',
    'python2.py': 'import sys\nprint "a"\nexec "b"\n',
    'mark.py': '\ufeffimport os\n',
    'astral.py': 'x = "é𝄞𝄞"; import os\ny = "👩‍👩‍👧"; import re, json\n',
    'crlf.py': 'import os\r\nx = """\r\na\r\n"""; import re\r\n',
    'cr.py': 'import os\rimport re\r',
    'noqa.py': 'import os  # noqa\nimport re  # noqa: F401\nimport sys  # noqa: E501\nx = [\n  1 == None,  # noqa: E711\n]\n',
    'whole.py': '# ruff: noqa: F401\nimport os\nx = 1 == None\n',
    'newest.py': 'type A[T] = list[T]\ntry:\n    pass\nexcept ValueError, KeyError:\n    pass\nmatch 1:\n    case _:\n        pass\nx = t"{1}"\nf"{"a"}"\n',
    'empty.py': '',
    'long.py': `def f(x):\n${Array.from({ length: 12 }, (_, index) => `    if x == ${index}:\n        return ${index}\n`).join('')}`,
    'fixes.py': 'def f(a=[]):\n    out = []\n    for x in a:\n        out.append(x * 2)\n    return list([y for y in out])\n',
    'continued.py': 'x = 1 \\\n  == None\ny = "a" \\\n  "b"; import os\nz = f"""\n{1}\n""" + str(2); import re\nimport abc; w = "c \\\n  d"\n',
  };
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(cases)) writeFileSync(path.join(folder, name), text);
  return Object.keys(cases).map((name) => path.join(folder, name));
}
