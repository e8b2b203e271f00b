import { err, ok, type Result } from '../../base/result.ts';
import type { Role } from '../../model/roles/role.ts';
import { parseParameters, parseSeeds, sweepTasks } from '../../spec/sweep.ts';

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
    const values = parseParameters(Object.entries(parameters).map(([name, value]) => `${name}=${valuesText(value)}`));
    const chosen = seeds === undefined ? ok([]) : parseSeeds(valuesText(seeds));
    if (!values.ok || !chosen.ok) return err(`${where}: ${values.ok ? (chosen as { error: string }).error : values.error}`);
    const swept = sweepTasks({ script, parameters: values.value, seeds: chosen.value, agents, args });
    if (!swept.ok) return err(`${where}: ${swept.error}`);
    tasks.push(...swept.value.map((task) => ({ ...task, type })));
  }
  return ok(tasks);
}

/** A list of values may be written as one, or as the text that the command line takes. */
function valuesText(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(',') : String(value);
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
