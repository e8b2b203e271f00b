import { err, ok, type Result } from '../base/result.ts';

/** A script run over all combinations of its parameters, with several seeds, for several agents. */
export interface Sweep {
  readonly script: string;
  /** Values of each parameter, handed over as `--name value`. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** Handed over as `--seed n`; none when empty. */
  readonly seeds: readonly string[];
  /** Whose output folders receive the results; nobody's when empty. */
  readonly agents: readonly string[];
  /** Arguments that all runs have, before those of the sweep. */
  readonly args: readonly string[];
}

/** Runs of one sweep; more are a mistake rather than a wish. */
export const MOST_RUNS = 10_000;

const NAME = /^[A-Za-z][\w-]*$/;
const RANGE = /^(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)(?::(\d+(?:\.\d+)?))?$/;

/** Ranges as other programs write them, and ours unfinished: `1:3`, `0:1:0.1`, `1-3`, `1...3`, `1..`, `..3`. */
const LIKE_A_RANGE = /^(?:-?\d+(?:\.\d+)?(?:\.\.|(?::-?\d+(?:\.\d+)?)+$|-\d+(?:\.\d+)?$)|\.\.-?\d)/;
const WHOLE = /^-?\d+(?:\.\.-?\d+(?::\d+)?)?$/;
const COMMA_OUTSIDE_QUOTES = /,(?=(?:[^"]*"[^"]*")*[^"]*$)/;

/**
 * Values from a text: a list `0.1,0.2`, a range `1..5`, a range with a step `0..1:0.25`, or several of these with commas between.
 * What stands in double quotes is one value, whatever it looks like.
 */
export function parseValues(text: string): Result<readonly string[], string> {
  const values: string[] = [];
  for (const part of text.split(COMMA_OUTSIDE_QUOTES).map((each) => each.trim())) {
    if (part === '') return err(`expected values such as \`0.1,0.2\` or \`1..5\`, got \`${text}\``);
    const range = RANGE.exec(part);
    if (range === null) {
      if (LIKE_A_RANGE.test(part)) return err(`\`${part}\` is no range, though it looks like one; write \`1..5\` or, with a step, \`0..1:0.25\`, and put a value that looks like one in double quotes: \`"${part}"\``);
      values.push(/^"(.*)"$/.exec(part)?.[1] ?? part);
      continue;
    }
    const [, from = '', to = '', by = '1'] = range;
    const steps = Math.floor((Number(to) - Number(from)) / Number(by) + 1e-9);
    if (Number(by) === 0 || steps < 0) return err(`\`${part}\` is an empty range; write the smaller end first and a step above 0`);
    if (steps >= MOST_RUNS) return err(`\`${part}\` has ${steps + 1} values; a sweep has ${MOST_RUNS} runs at most`);
    const digits = Math.max(...[from, by].map((number) => number.split('.')[1]?.length ?? 0));
    for (let step = 0; step <= steps; step++) values.push((Number(from) + step * Number(by)).toFixed(digits));
  }
  return ok(values);
}

/** Seeds from a text such as `1,2,7` or `1..5`. */
export function parseSeeds(text: string): Result<readonly string[], string> {
  const areWhole = text.split(',').every((part) => WHOLE.test(part.trim()));
  return areWhole ? parseValues(text) : err(`expected whole numbers such as \`1,2,7\`, or a range such as \`1..5\`, got \`${text}\``);
}

/** Parameters from words such as `alpha=0.1,0.2` and `n=10..12`. */
export function parseParameters(words: readonly string[]): Result<Readonly<Record<string, readonly string[]>>, string> {
  const parameters: Record<string, readonly string[]> = {};
  for (const word of words) {
    const sign = word.indexOf('=');
    const name = word.slice(0, Math.max(0, sign));
    if (!NAME.test(name)) return err(`expected a parameter such as \`alpha=0.1,0.2\`, got \`${word}\``);
    if (Object.hasOwn(parameters, name)) return err(`\`${name}\` is given twice; write all its values in one list`);
    const values = parseValues(word.slice(sign + 1));
    if (!values.ok) return err(`\`${name}\`: ${values.error}`);
    parameters[name] = values.value;
  }
  return ok(parameters);
}

/** How many runs a sweep comes to. */
export function runsOf({ parameters, seeds, agents }: Sweep): number {
  return Object.values(parameters).reduce((product, values) => product * values.length, Math.max(1, seeds.length) * Math.max(1, agents.length));
}

/** The tasks of a sweep as a batch would list them, agents outermost and seeds innermost. */
export function sweepTasks(sweep: Sweep): Result<readonly object[], string> {
  const runs = runsOf(sweep);
  if (runs > MOST_RUNS) return err(`the sweep comes to ${runs} runs; ${MOST_RUNS} are the most`);
  if (runs === 0) return err('the sweep comes to no run: a parameter has no value');
  let combinations: readonly (readonly (readonly [string, string])[])[] = [[]];
  for (const [name, values] of [...Object.entries(sweep.parameters), ...(sweep.seeds.length > 0 ? [['seed', sweep.seeds] as const] : [])]) {
    combinations = combinations.flatMap((chosen) => values.map((value) => [...chosen, [name, value] as const]));
  }
  const label = sweep.script.split(/[\\/]/).at(-1)!.replace(/\.\w+$/, '');
  const agents = sweep.agents.length === 0 ? [undefined] : sweep.agents;
  return ok(
    agents.flatMap((agent) =>
      combinations.map((chosen) => ({
        script: sweep.script,
        name: [label, ...chosen.map(([name, value]) => `${name}=${value}`)].join(' '),
        args: [...sweep.args, ...chosen.flatMap(([name, value]) => [`--${name}`, value])],
        ...(agent !== undefined && { agent }),
      })),
    ),
  );
}
