import { spawn } from 'node:child_process';
import { createWriteStream, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { root } from '../install.mjs';
import { TwoTries } from './two-tries.mjs';

const session = fileURLToPath(new URL('host-session.mjs', import.meta.url));

/** Runs the host suite inside a VS Code: a server's in Chromium, or the downloaded desktop one. */
export async function runHostTests({ tally, desktop }) {
  const folder = mkdtempSync(join(tmpdir(), 'host-tests-'));
  const report = join(folder, 'report.jsonl');
  const workspace = join(folder, 'workspace');
  const template = join(root, 'test', 'host', 'workspace');
  mkdirSync(workspace);
  if (existsSync(template)) cpSync(template, workspace, { recursive: true });
  const log = join(root, 'out', 'host-tests.log');
  const records = [];
  const tries = new TwoTries(tally);
  const readOn = () => {
    const lines = existsSync(report) ? readFileSync(report, 'utf8').trim().split('\n') : [];
    for (const line of lines.slice(records.length)) records.push(count(JSON.parse(line), tries));
  };
  try {
    const args = [workspace, ...(desktop ? ['--desktop'] : [])];
    const code = await runSession(args, { ...process.env, HOST_TEST_REPORT: report, PARALLEL_WORKFLOW_HOME: join(folder, 'state') }, log, readOn);
    readOn();
    tries.end();
    if (!records.some(({ type }) => type === 'end')) tally.fail('the whole suite runs', lastLines(log));
    else if (code !== 0 && tally.failures.length === 0) tally.fail(`VS Code ends with 0, got ${code}`, lastLines(log));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function runSession(args, env, log, onTest) {
  const child = spawn(process.execPath, [session, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  mkdirSync(join(root, 'out'), { recursive: true });
  const file = createWriteStream(log);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      file.write(`${line}\n`);
      if (line.startsWith('test: ')) onTest();
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => file.end(() => resolve(code)));
  });
}

function count(record, tries) {
  if (record.type === 'pass') tries.pass(record.name, record.duration);
  else if (record.type === 'skip') tries.skip(record.name);
  else if (record.type === 'fail') tries.fail(record.name, record.error);
  return record;
}

function lastLines(log) {
  return `VS Code ended early. Its last lines (all of them are in ${log}):\n${readFileSync(log, 'utf8').trimEnd().split('\n').slice(-30).join('\n')}`;
}
