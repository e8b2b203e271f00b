import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MochaOptions, Runner, Test } from 'mocha';

/** VS Code calls this in its extension host: every bundled test beside this file runs. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  class Reporter extends Mocha.reporters.Base {
    constructor(runner: Runner, options: MochaOptions) {
      super(runner, options);
      listen(runner);
    }
  }
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, retries: 1, reporter: Reporter });
  const names = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  for (const name of names.sort()) if (name.endsWith('.test.cjs')) mocha.addFile(join(import.meta.dirname, name));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} host tests failed`);
}

function listen(runner: Runner): void {
  runner.on('pass', (test) => record('pass', path(test), { duration: test.duration }));
  runner.on('pending', (test) => record('skip', path(test)));
  // Another try follows.
  runner.on('retry', (test: Test, error: Error) => record('fail', path(test), { error: error.stack ?? String(error) }));
  runner.on('fail', (test, error: Error) => record('fail', path(test), { error: error.stack ?? String(error) }));
  runner.once('end', () => record('end', 'all'));
}

function path(test: Test): string {
  return test.titlePath().join(' › ');
}

/** Writes to the file that HOST_TEST_REPORT names for whoever counts, and to the console for whoever watches. */
function record(type: string, name: string, more: object = {}): void {
  const file = process.env.HOST_TEST_REPORT;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ type, name, ...more })}\n`);
  console.log(`test: ${type} ${name}`);
}
