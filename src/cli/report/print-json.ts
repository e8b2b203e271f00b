import type { Output } from '../terminal/output.ts';

export function printJson(output: Output, value: unknown): void {
  output.write(`${JSON.stringify(value, null, output.isTerminal ? 2 : undefined)}\n`);
}
