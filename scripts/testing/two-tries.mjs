import { styleText } from 'node:util';

/**
 * Stands before a tally where a test of a real VS Code, whose timing is not ours, may be run once more after it failed.
 * Counts each test once. What passes only then is told with its first error, and is no failure.
 */
export class TwoTries {
  #tally;
  #passed = new Set();
  #failed = new Map();

  constructor(tally) {
    this.#tally = tally;
  }

  pass(name, milliseconds) {
    if (this.#passed.has(name)) return;
    this.#passed.add(name);
    this.#tally.pass(name, milliseconds);
    const failure = this.#failed.get(name);
    if (failure !== undefined) this.#tally.unsteady.push(failure);
    this.#failed.delete(name);
  }

  skip(name) {
    if (this.#passed.has(name)) return;
    this.#passed.add(name);
    this.#tally.skip(name);
  }

  fail(name, error, place) {
    if (this.#failed.has(name) || this.#passed.has(name)) {
      this.#failed.delete(name);
      this.#tally.fail(name, error, place);
      return;
    }
    this.#failed.set(name, { name, error, place });
    console.log(`${styleText('yellow', '↻')} ${name}`);
  }

  /** Whether a test has failed once and has not passed. */
  get hasFailed() {
    return this.#failed.size > 0;
  }

  /** What has not been run again after it failed has failed. */
  end() {
    for (const { name, error, place } of this.#failed.values()) this.#tally.fail(name, error, place);
    this.#failed.clear();
  }
}
