import { err, ok, type Result } from '../../base/result.ts';
import type { Role } from '../../model/roles/role.ts';
import { isParameterName, sweepTasks } from '../../spec/sweep.ts';
import { asSeeds, parseSeeds, parseValues } from '../../spec/sweep-values.ts';

/** What a role is configured to do when a person starts it, as tasks of a batch; none when it has nothing to do by itself. */
export function roleTasks(role: Role): Result<readonly object[], string> {
  const command = role.command === undefined ? [] : [{ name: role.label, command: role.command }];
  const simulations = simulationTasks(role.options.simulations);
  return simulations.ok ? ok([...command, ...simulations.value].map((task) => ({ ...task, role: role.name }))) : simulations;
}

/** Sweeps in the options of a role: `{ "script": …, "agents": […], "parameters": { "alpha": "0.1,0.2" }, "seeds": "1..5", "args": […] }`. */
function simulationTasks(written: unknown): Result<readonly object[], string> {
  if (written === undefined) return ok([]);
  if (!Array.isArray(written)) return err('`options.simulations`: expected a list');
  const tasks: object[] = [];
  for (const [index, each] of (written as readonly unknown[]).entries()) {
    const where = `\`options.simulations[${index}]\``;
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return err(`${where}: expected an object with a \`script\``);
    const { script, agents = [], parameters = {}, seeds, args = [], type = 'simulation' } = each as Readonly<Record<string, unknown>>;
    if (typeof script !== 'string' || script === '') return err(`${where}: expected the path of a \`script\``);
    if (!areTexts(agents) || !areTexts(args) || typeof type !== 'string') return err(`${where}: expected \`agents\` and \`args\` to be lists of texts, and \`type\` a text`);
    if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) return err(`${where}: expected \`parameters\` to be an object such as \`{ "alpha": "0.1,0.2" }\``);
    const values = parametersOf(parameters);
    const chosen = seeds === undefined ? ok([]) : seedsOf(seeds);
    if (!values.ok || !chosen.ok) return err(`${where}: ${values.ok ? (chosen as { error: string }).error : values.error}`);
    const swept = sweepTasks({ script, parameters: values.value, seeds: chosen.value, agents, args });
    if (!swept.ok) return err(`${where}: ${swept.error}`);
    tasks.push(...swept.value.map((task) => ({ ...task, type })));
  }
  return ok(tasks);
}

function parametersOf(written: object): Result<Readonly<Record<string, readonly string[]>>, string> {
  const parameters: Record<string, readonly string[]> = {};
  for (const [name, each] of Object.entries(written)) {
    if (!isParameterName(name)) return err(`expected the name of a parameter, of letters, digits, \`_\` and \`-\` after a letter, got \`${name}\``);
    const values = valuesOf(each, parseValues);
    if (!values.ok) return err(`\`parameters.${name}\`: ${values.error}`);
    parameters[name] = values.value;
  }
  return ok(parameters);
}

function seedsOf(written: unknown): Result<readonly string[], string> {
  const seeds = valuesOf(written, parseSeeds);
  if (!seeds.ok) return err(`\`seeds\`: ${seeds.error}`);
  if (seeds.value.length === 0) return err('`seeds`: expected at least one; leave `seeds` out to hand none over');
  const checked = asSeeds(seeds.value);
  return checked.ok ? checked : err(`\`seeds\`: ${checked.error}`);
}

/** A list says its values one by one; only a text is read as one of the command line. */
function valuesOf(written: unknown, parse: (text: string) => Result<readonly string[], string>): Result<readonly string[], string> {
  if (!Array.isArray(written)) return isValue(written) ? parse(String(written)) : err(`expected a list, or a text such as \`1..5\`, got \`${JSON.stringify(written)}\``);
  const wrong = (written as readonly unknown[]).find((each) => !isValue(each));
  return wrong === undefined ? ok(written.map(String)) : err(`expected a list of numbers and texts, got \`${JSON.stringify(wrong)}\` in it; write it as a text, in double quotes`);
}

function isValue(value: unknown): value is number | string {
  return typeof value === 'number' || typeof value === 'string';
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
