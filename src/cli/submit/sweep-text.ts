/** Values shown of each parameter. */
const SHOWN = 8;

/** What a sweep comes to, in a line: `n 2, 3 × seeds 1, 2 → 4 runs`. */
export function sweepText(axes: readonly (readonly [name: string, values: readonly string[]])[], runs: number): string {
  const parts = axes.filter(([, values]) => values.length > 0).map(([name, values]) => `${name} ${shown(values)}`);
  return [...(parts.length === 0 ? [] : [parts.join(' × ')]), `${runs} ${runs === 1 ? 'run' : 'runs'}`].join(' → ');
}

/** A number alone is a seed; somebody may have meant so many of them. */
export function seedsHint(written: string | undefined): string | undefined {
  if (written === undefined || !/^[1-9]\d*$/.test(written) || written === '1') return undefined;
  return `\`--seeds ${written}\` is the one seed ${written}; ${written} seeds are \`--seeds 1..${written}\`.`;
}

function shown(values: readonly string[]): string {
  return values.length <= SHOWN ? values.join(', ') : `${values.slice(0, SHOWN - 2).join(', ')}, …, ${values.at(-1)} (${values.length})`;
}
