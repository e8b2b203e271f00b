import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { RoleOrder } from '../../core/model/roles/role.ts';
import type { RoleView } from '../../core/model/roles/role-view.ts';
import { presentRole } from '../../core/present/roles/present-role.ts';
import { nearest } from '../../core/spec/nearest.ts';
import { command, unlessOrdered } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';
import { printJson } from '../report/print-json.ts';
import { configure, withObserver, workspaceFor } from '../session.ts';
import { renderTable, type Cell, type Column } from '../terminal/table.ts';

const ORDERS: Readonly<Record<string, RoleOrder>> = { start: 'running', stop: 'stopped', pause: 'paused' };
const ACTIONS: readonly string[] = ['list', ...Object.keys(ORDERS)];
const DONE: Readonly<Record<RoleOrder, string>> = { running: 'Started', stopped: 'Stopped', paused: 'Paused' };
const COLUMNS: readonly Column[] = [{ title: '' }, { title: 'role' }, { title: '', shrinksTo: 16 }, { title: 'purpose', shrinksTo: 12 }];
const MARKS: Readonly<Record<RoleView['state'], Cell>> = { running: { text: '▸', look: 'cyan' }, paused: { text: '‖', look: 'dim' }, givesWay: { text: '‖', look: 'yellow' }, stopped: { text: '·', look: 'dim' } };

export const rolesCommand = command({
  usage: ['roles [list]', 'roles start|pause|stop NAME...', 'roles start|pause|stop --all'],
  about: ['Roles are queues with a priority and a purpose. A paused one starts nothing new; a stopped one cancels its tasks as well. Tasks are queued to one by `submit --role NAME`.'],
  options: { all: { type: 'boolean', short: 'a', help: 'every role that is enabled' } },
  needsState: unlessOrdered,
  run(context, { options, positionals: [action = 'list', ...names] }) {
    const order = ORDERS[action];
    if (order === undefined && action !== 'list') throw unknownAction(action);
    if (order === undefined && names.length > 0) throw new UserError(`\`roles list\` takes no words, got \`${names.join(' ')}\`.`);
    if (order !== undefined && options.all === names.length > 0) throw new UserError(`\`roles ${action}\` needs the names of roles, or \`--all\`${options.all ? ', not both' : ''}.`);
    return withObserver(context, async (engine) => {
      const workspace = await workspaceFor(context, engine);
      await configure(engine, workspace, context);
      if (order !== undefined) await give(engine, workspace, order, options.all ? undefined : names);
      const roles = await engine.roles([workspace]);
      if (context.json) printJson(context.output, { workspace, roles: roles.map(jsonOf) });
      else if (order === undefined) print(roles, context);
      else if (!context.quiet) context.output.write(`${DONE[order]} ${options.all ? 'all roles' : names.join(', ')} of ${workspace}.\n`);
      return EXIT.ok;
    });
  },
});

/** All names are looked at before anything is done. */
async function give(engine: EnginePort, workspace: string, order: RoleOrder, names: readonly string[] | undefined): Promise<void> {
  if (names === undefined && order === 'running') return engine.startAllRoles([workspace]);
  if (names === undefined && order === 'stopped') return engine.stopAllRoles([workspace]);
  const roles = await engine.roles([workspace]);
  const known = roles.map(({ role }) => role.name);
  for (const name of names ?? []) if (!known.includes(name)) throw unknownRole(name, known);
  for (const name of names ?? roles.filter(({ role }) => role.enabled).map(({ role }) => role.name)) await engine.setRoleState([workspace], name, order);
}

function print(roles: readonly RoleView[], { output, style, quiet }: CommandContext): void {
  if (quiet) return output.write(roles.map(({ role }) => `${role.name}\n`).join(''));
  const rows = roles.map((view) => [MARKS[view.state], view.role.name, presentRole(view).description, { text: view.role.purpose, look: 'dim' } as const]);
  output.write(`${renderTable(COLUMNS, rows, { style, width: output.columns, titles: false }).join('\n')}\n`);
}

function jsonOf({ role, state, counts }: RoleView): unknown {
  return { ...role, command: role.command ?? null, state, counts };
}

function unknownAction(action: string): UserError {
  const near = nearest(action, ACTIONS);
  return new UserError(`Expected one of ${ACTIONS.map((each) => `\`${each}\``).join(', ')} after \`roles\`, got \`${action}\`${near === undefined ? '.' : `; did you mean \`${near}\`?`}`);
}

function unknownRole(name: string, known: readonly string[]): UserError {
  const near = nearest(name, known);
  return new UserError(`There is no role \`${name}\`; ${near === undefined ? '`parallel-workflow roles` lists them.' : `did you mean \`${near}\`?`}`);
}
