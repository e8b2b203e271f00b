import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { root } from '../install.mjs';
import { TwoTries } from './two-tries.mjs';

/** Runs the tests of a folder with Node's own runner, each file in a process of its own. */
export async function runNodeTests(folder, { concurrency, tally }) {
  await runFiles(filesOf(folder), { concurrency, tallyOf: () => tally });
}

/** As `runNodeTests`, and runs the files in which tests failed once more. */
export async function runNodeTestsTwice(folder, { concurrency, tally }) {
  const tries = new Map(filesOf(folder).map((file) => [file, new TwoTries(tally)]));
  const tallyOf = (file) => tries.get(file) ?? tally;
  await runFiles([...tries.keys()], { concurrency, tallyOf });
  await runFiles([...tries.keys()].filter((file) => tries.get(file).hasFailed), { concurrency, tallyOf });
  for (const each of tries.values()) each.end();
}

function filesOf(folder) {
  return globSync(`test/${folder}/**/*.test.ts`, { cwd: root }).sort().map((file) => join(root, file));
}

async function runFiles(files, { concurrency, tallyOf }) {
  if (files.length === 0) return;
  const names = new Map();
  const complaints = new Map();
  // node:sqlite warns in every process that it is young.
  const events = run({ files, concurrency, execArgv: ['--disable-warning=ExperimentalWarning'] });
  for await (const { type, data } of events) {
    if (type === 'test:start') {
      const path = names.get(data.file) ?? [];
      path.length = data.nesting;
      path[data.nesting] = data.name;
      names.set(data.file, path);
    } else if (type === 'test:pass' || type === 'test:fail') {
      count(type === 'test:pass', data, { path: names.get(data.file) ?? [], complaint: complaints.get(data.file), tally: tallyOf(data.file) });
    } else if (type === 'test:stdout' || type === 'test:stderr') {
      process.stdout.write(data.message);
      if (type === 'test:stderr') complaints.set(data.file, (complaints.get(data.file) ?? '') + data.message);
    }
  }
}

function count(passed, data, { path, complaint, tally }) {
  const file = data.file === undefined ? '' : relative(root, data.file);
  const name = [...path.slice(0, data.nesting), data.name].join(' › ');
  const isFile = data.name === data.file || data.name === file;
  if (data.skip !== undefined || data.todo !== undefined) {
    tally.skip(name);
  } else if (passed) {
    if (isFile) tally.fail(file, 'The file holds no tests');
    else if (data.details.type !== 'suite') tally.pass(name, data.details.duration_ms);
  } else {
    const error = data.details.error;
    // A parent fails with its children, which have been counted.
    if (error?.failureType === 'subtestsFailed') return;
    // A file that cannot be loaded says why on its stderr only.
    const reason = isFile && complaint !== undefined ? complaint : (error?.cause ?? error);
    tally.fail(isFile ? file : name, reason, data.line === undefined ? file : `${file}:${data.line}`);
  }
}
