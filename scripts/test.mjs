// npm test [-- STAGE…]: runs the stages, all of them when none is named. The last line is `N passed, N failed`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installDependencies, root } from './install.mjs';
import { rerunUnderSuitableNode } from './node.mjs';

await rerunUnderSuitableNode(import.meta.url);
installDependencies();

const { Tally } = await import('./testing/tally.mjs');
const { mark, untilNoneIsLeft } = await import('./testing/leftovers.mjs');
const { runNodeTests } = await import('./testing/node-tests.mjs');
const { runHostTests } = await import('./testing/host-tests.mjs');

const stages = {
  unit: { run: (tally) => runNodeTests('unit', { tally, concurrency: true }) },
  engines: { run: (tally) => runNodeTests('engines', { tally, concurrency: 1 }), built: true },
  host: { run: (tally) => runHostTests({ tally, desktop: false }), built: true },
  page: { run: (tally) => runNodeTests('page', { tally, concurrency: 1 }), built: true },
  desktop: { run: (tally) => runHostTests({ tally, desktop: true }), built: true },
};
const usual = ['unit', 'engines', 'host', 'page'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(stages, name));
if (unknown.length > 0) {
  console.error(`Expected stages out of ${Object.keys(stages).join(', ')}, got ${unknown.join(', ')}`);
  process.exit(2);
}

const chosen = wanted.length > 0 ? wanted : usual;
if (chosen.some((name) => stages[name].built)) build();
const tallies = new Map();
for (const name of chosen) tallies.set(name, await runStage(name));

let passed = 0;
let failed = 0;
for (const [name, tally] of tallies) tally.printFailures(name);
console.log();
for (const [name, tally] of tallies) {
  console.log(`${name}: ${tally}`);
  passed += tally.passed;
  failed += tally.failures.length;
}
process.exitCode = failed > 0 ? 1 : 0;
console.log(`${passed} passed, ${failed} failed`);

async function runStage(name) {
  console.log(`\n${name}`);
  const tally = new Tally();
  const home = mkdtempSync(join(tmpdir(), `parallel-workflow-${name}-`));
  const id = `${name}-${process.pid}`;
  Object.assign(process.env, { PARALLEL_WORKFLOW_HOME: home, [mark]: id });
  try {
    await stages[name].run(tally);
    if (tally.passed + tally.failures.length === 0) tally.fail('the stage has tests', `Expected tests in test/${name}/, found none`);
  } catch (error) {
    tally.fail('the stage runs', error);
  } finally {
    for (const { pid, command } of await untilNoneIsLeft(id, 5000)) {
      tally.fail('the stage leaves no process behind', `Process ${pid} was still there: ${command}`);
      process.kill(pid, 'SIGKILL');
    }
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
  return tally;
}

function build() {
  try {
    execFileSync(process.execPath, ['esbuild.mjs', '--tests'], { cwd: root, stdio: 'inherit' });
  } catch {
    console.error('The build failed, see above.');
    console.log('0 passed, 1 failed');
    process.exit(1);
  }
}
