import vm from 'node:vm';
import { messageOf, UserError } from '../../core/base/user-error.ts';

/** Some regular expressions take time that grows exponentially with the text. */
const LONGEST_MS = 1000;

/** A pattern that a model wrote: looking for it is broken off when it takes too long. */
export class BoundedPattern {
  private readonly context: { lines: readonly string[]; readonly pattern: RegExp };
  private readonly script = new vm.Script('lines.flatMap((line, index) => (pattern.test(line) ? [index] : []))');

  /** @throws UserError when it is no regular expression. */
  constructor(text: string, isRegex: boolean, ignoreCase: boolean) {
    let pattern: RegExp;
    try {
      pattern = new RegExp(isRegex ? text : text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), ignoreCase ? 'i' : '');
    } catch (error) {
      throw new UserError(`\`text\` is no regular expression: ${messageOf(error)}.`);
    }
    this.context = vm.createContext({ lines: [], pattern }) as typeof this.context;
  }

  /**
   * Indexes of the lines that match.
   * @throws UserError when that takes longer than a second.
   */
  matchesIn(lines: readonly string[]): readonly number[] {
    if (lines.length === 0) return [];
    this.context.lines = lines;
    try {
      return this.script.runInContext(this.context, { timeout: LONGEST_MS }) as number[];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      throw new UserError('The regular expression takes too long;', 'use a simpler one.');
    }
  }
}
