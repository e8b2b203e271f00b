import { err, ok, type Result } from '../base/result.ts';
import { MOST_RUNS, parseValues } from './sweep-values.ts';

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

const NAME = /^[A-Za-z][\w-]*$/;

/** Parameters from words such as `alpha=0.1,0.2` and `n=10..12`. */
export function parseParameters(words: readonly string[]): Result<Readonly<Record<string, readonly string[]>>, string> {
  const parameters: Record<string, readonly string[]> = {};
  for (const word of words) {
    const sign = word.indexOf('=');
    const name = word.slice(0, Math.max(0, sign));
    if (!isParameterName(name)) return err(`expected a parameter such as \`alpha=0.1,0.2\`, got \`${word}\``);
    if (Object.hasOwn(parameters, name)) return err(`\`${name}\` is given twice; write all its values in one list`);
    const values = parseValues(word.slice(sign + 1));
    if (!values.ok) return err(`\`${name}\`: ${values.error}`);
    parameters[name] = values.value;
  }
  return ok(parameters);
}

/** Whether `--name` can hand it over. */
export function isParameterName(name: string): boolean {
  return NAME.test(name);
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
