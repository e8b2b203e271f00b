import type { Outcome } from '../../model/outcome.ts';

/** How a run ended as the log tells it, every figure unrounded: `succeeded`, `failed (reason exit, code 2)`. */
export function outcomeInLog({ type, ...rest }: Outcome): string {
  const facts = Object.entries(rest).map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  return facts.length === 0 ? type : `${type} (${facts.join(', ')})`;
}
