// npm test [-- STAGE…]: runs the stages, all of them when none is named. The last line is `N passed, N failed`.
import { execFileSync } from 'node:child_process';
import { installDependencies, root } from './install.mjs';
import { rerunUnderSuitableNode } from './node.mjs';

await rerunUnderSuitableNode(import.meta.url);
installDependencies();

const { runConformanceTests } = await import('./testing/conformance-tests.mjs');
const { runNodeTests, runNodeTestsTwice } = await import('./testing/node-tests.mjs');
const { runHostTests } = await import('./testing/host-tests.mjs');
const { runStage } = await import('./testing/stage.mjs');

const stages = {
  unit: { run: (tally) => runNodeTests('unit', { tally, concurrency: true }) },
  engines: { run: (tally) => runNodeTests('engines', { tally, concurrency: 1 }) },
  host: { run: (tally) => runHostTests({ tally, desktop: false }), built: true },
  page: { run: (tally) => runNodeTestsTwice('page', { tally, concurrency: 1 }), built: true },
  conformance: { run: (tally) => runConformanceTests({ tally }) },
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
for (const name of chosen) tallies.set(name, await runStage(name, stages[name].run));

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

function build() {
  try {
    execFileSync(process.execPath, ['esbuild.mjs', '--tests'], { cwd: root, stdio: 'inherit' });
  } catch {
    console.error('The build failed, see above.');
    console.log('0 passed, 1 failed');
    process.exit(1);
  }
}
