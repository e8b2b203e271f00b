import { inspect, styleText } from 'node:util';

/** Counts what the tests of one stage came to, and prints each as it ends. */
export class Tally {
  passed = 0;
  skipped = 0;
  failures = [];
  /** What failed first and passed when it was run again. */
  unsteady = [];

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
    for (const failure of this.unsteady) print(styleText('yellow', `↻ ${stage}: ${failure.name} (passed when it was run again)`), failure);
    for (const failure of this.failures) print(styleText('red', `✖ ${stage}: ${failure.name}`), failure);
  }

  toString() {
    const unsteady = this.unsteady.length > 0 ? ` (${this.unsteady.length} when run again)` : '';
    const skipped = this.skipped > 0 ? `, ${this.skipped} skipped` : '';
    return `${this.passed} passed${unsteady}, ${this.failures.length} failed${skipped}`;
  }
}

function print(title, { error, place }) {
  console.log(`\n${title}${place ? `\n  at ${place}` : ''}`);
  console.log(typeof error === 'string' ? error : inspect(error, { depth: 6, colors: process.stdout.isTTY }));
}

function duration(milliseconds = 0) {
  return milliseconds >= 100 ? ` (${(milliseconds / 1000).toFixed(1)} s)` : '';
}
