import { styleText } from 'node:util';
import { genuine } from './genuine.mjs';
import { runNodeTests } from './node-tests.mjs';

/** Runs the tests against the genuine programs; those of a program that cannot be had here are skipped, and that is said loudly. */
export async function runConformanceTests({ tally }) {
  const missing = [];
  for (const { name, variable, bring } of genuine) {
    try {
      process.env[variable] = process.env[variable] || bring();
    } catch (error) {
      missing.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  await runNodeTests('conformance', { tally, concurrency: 1 });
  for (const line of missing) console.log(styleText(['yellow', 'bold'], `\n!! NOT TESTED against the genuine program. ${line}`));
}
