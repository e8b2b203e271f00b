import { inspect, styleText } from 'node:util';

/** Counts what the tests of one stage came to, and prints each as it ends. */
export class Tally {
  passed = 0;
  skipped = 0;
  failures = [];

  pass(name, milliseconds) {
    this.passed += 1;
    console.log(`${styleText('green', '✔')} ${name}${duration(milliseconds)}`);
  }

  skip(name) {
    this.skipped += 1;
    console.log(`${styleText('yellow', '-')} ${name} (skipped)`);
  }

  /** `error` is an error or a text that says all there is to say. */
  fail(name, error, place) {
    this.failures.push({ name, error, place });
    console.log(`${styleText('red', '✖')} ${name}`);
  }

  printFailures(stage) {
    for (const { name, error, place } of this.failures) {
      console.log(`\n${styleText('red', `✖ ${stage}: ${name}`)}${place ? `\n  at ${place}` : ''}`);
      console.log(typeof error === 'string' ? error : inspect(error, { depth: 6, colors: process.stdout.isTTY }));
    }
  }

  toString() {
    const skipped = this.skipped > 0 ? `, ${this.skipped} skipped` : '';
    return `${this.passed} passed, ${this.failures.length} failed${skipped}`;
  }
}

function duration(milliseconds = 0) {
  return milliseconds >= 100 ? ` (${(milliseconds / 1000).toFixed(1)} s)` : '';
}
