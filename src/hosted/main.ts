import { readFileSync } from 'node:fs';
import { messageOf, UserError } from '../core/base/user-error.ts';
import type { HostedRequest } from '../core/model/agents/hosted-request.ts';
import { carryOut } from './carry-out.ts';

const STOPPED = 143;
const FAILED = 1;

/** The program of a task whose kind of work an extension brings: `hosted REQUEST-FILE WINDOWS-FOLDER`. */
async function main(): Promise<number> {
  const [requestFile, windows] = process.argv.slice(2);
  if (requestFile === undefined || windows === undefined) throw new UserError('This program is started by Parallel Workflow for a task with a `runner`;', 'queue one with a batch file.');
  const request = JSON.parse(readFileSync(requestFile, 'utf8')) as HostedRequest;
  const ending = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => ending.abort());
  const code = await carryOut(request, windows, { output: process.stdout, errors: process.stderr, signal: ending.signal });
  return ending.signal.aborted ? STOPPED : code;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof UserError ? error.message : ((error as Error).stack ?? messageOf(error))}\n`);
  process.exitCode = FAILED;
}
