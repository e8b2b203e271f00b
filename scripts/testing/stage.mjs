import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whenNpmIsGone } from '../node.mjs';
import { leftovers, mark, untilNoneIsLeft } from './leftovers.mjs';
import { Tally } from './tally.mjs';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs one stage with a state folder and a folder for temporary files of its own. Both are removed
 * afterwards, and a process that outlives the stage is a failure.
 */
export async function runStage(name, body) {
  console.log(`\n${name}`);
  const tally = new Tally();
  const folder = mkdtempSync(join(tmpdir(), `pw-${name}-`));
  const id = `${name}-${process.pid}`;
  const restore = setEnvironment({ PARALLEL_WORKFLOW_HOME: join(folder, 'state'), TMPDIR: join(folder, 'tmp'), [mark]: id });
  mkdirSync(join(folder, 'tmp'));
  const clear = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const abandon = () => {
    for (const { pid } of leftovers(id)) process.kill(pid, 'SIGKILL');
    clear();
    process.exit(130);
  };
  for (const signal of signals) process.on(signal, abandon);
  const stopWatching = whenNpmIsGone(abandon);
  try {
    await body(tally);
    if (tally.passed + tally.failures.length === 0) tally.fail('the stage has tests', `Expected tests in test/${name}/, found none`);
  } catch (error) {
    tally.fail('the stage runs', error);
  }
  for (const { pid, command } of await untilNoneIsLeft(id, 5000)) {
    tally.fail('the stage leaves no process behind', `Process ${pid} was still there: ${command}`);
    process.kill(pid, 'SIGKILL');
  }
  for (const signal of signals) process.off(signal, abandon);
  stopWatching();
  restore();
  clear();
  return tally;
}

function setEnvironment(values) {
  const before = Object.fromEntries(Object.keys(values).map((key) => [key, process.env[key]]));
  Object.assign(process.env, values);
  return () => {
    for (const [key, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[key];
      else process.env[key] = value;
    }
  };
}
