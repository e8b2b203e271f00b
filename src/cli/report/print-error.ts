import type { Output } from '../terminal/output.ts';
import type { Style } from '../terminal/style.ts';

export interface ErrorFace {
  /** For a program: one object on one line, the last one of the error output. */
  readonly json: boolean;
  readonly style: Style;
}

/** Tells why something was not done, or did not come to its end. */
export function printError(output: Pick<Output, 'writeError'>, message: string, exitCode: number, { json, style }: ErrorFace): void {
  output.writeError(json ? `${JSON.stringify({ error: { exitCode, message } })}\n` : `${style('red', 'error:')} ${message}\n`);
}

/** Whether the words of a command line ask for data; what stands behind `--` is another program's. */
export function isForProgram(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return (end < 0 ? words : words.slice(0, end)).includes('--json');
}
