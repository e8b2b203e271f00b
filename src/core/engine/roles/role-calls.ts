import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { messageOf, UserError } from '../../base/user-error.ts';
import { unknownRole } from '../../model/roles/built-in-roles.ts';
import { roleState, type Role, type RoleOrder, type RoleState } from '../../model/roles/role.ts';
import type { RoleView } from '../../model/roles/role-view.ts';
import { nearest } from '../../spec/nearest.ts';
import { isInside } from '../../spec/paths.ts';
import { formatProblem } from '../../spec/problem.ts';
import type { SpecContext } from '../../spec/spec-context.ts';
import { addCounts, NO_COUNTS } from '../../store/count-table.ts';
import type { Store } from '../../store/store.ts';
import type { RolePort, SubmitRequest } from '../engine-port.ts';
import type { LeaseKeeper } from '../lease-keeper.ts';
import { roleTasks } from './role-tasks.ts';
import { byUrgency, knownRole, knownRoles, settleRole } from './role-queues.ts';
import type { TaskLedger } from '../tasks/task-ledger.ts';

interface RoleCallsPorts {
  readonly store: Store;
  readonly ledger: TaskLedger;
  readonly clock: Clock;
  readonly log: Log;
  readonly lease: LeaseKeeper;
  readonly contextOf: (request: SubmitRequest) => Promise<SpecContext>;
  readonly onCommitted: () => void;
}

/** Tasks cancelled in one transaction. */
const AT_ONCE = 500;
/** The more open state of two counts for both. */
const OPENNESS: readonly RoleState[] = ['stopped', 'paused', 'givesWay', 'running'];

/** See `RolePort` for what the methods mean. */
export class RoleCalls implements RolePort {
  private readonly ports: RoleCallsPorts;

  constructor(ports: RoleCallsPorts) {
    this.ports = ports;
  }

  roles(roots: readonly string[]): Promise<readonly RoleView[]> {
    const views = new Map<string, RoleView>();
    for (const workspace of this.workspaces(roots)) {
      const isRoot = rootOf(workspace, roots) === workspace;
      for (const view of this.viewsOf(workspace)) views.set(view.role.name, merged(views.get(view.role.name), view, isRoot));
    }
    return Promise.resolve([...views.values()].sort((a, b) => byUrgency(a.role, b.role)));
  }

  async setRoleState(roots: readonly string[], name: string, order: RoleOrder): Promise<void> {
    const found = this.workspaces(roots).map((workspace) => ({ workspace, roles: knownRoles(this.ports.store, workspace) }));
    const known = found.filter(({ roles }) => roles.some((role) => role.name === name));
    if (known.length === 0) throw noSuchRole(name, found.flatMap(({ roles }) => roles));
    // Each folder has a configuration of its own, which goes for the workspaces below it as well.
    const isEnabled = (workspace: string): boolean => [rootOf(workspace, roots), workspace].map((place) => knownRole(this.ports.store, place, name)).find((role) => role !== undefined)?.enabled === true;
    const able = order === 'stopped' ? known : known.filter(({ workspace }) => isEnabled(workspace));
    if (able.length === 0) throw new UserError(`The role \`${name}\` is not enabled;`, 'enable it in the configuration of roles first.');
    await this.order(able.map(({ workspace }) => ({ workspace, names: [name] })), order);
  }

  startAllRoles(roots: readonly string[]): Promise<void> {
    return this.order(this.everyRole(roots), 'running');
  }

  stopAllRoles(roots: readonly string[]): Promise<void> {
    return this.order(this.everyRole(roots), 'stopped');
  }

  setRoles(roots: readonly string[], roles: readonly Role[]): Promise<void> {
    const wanted = roles.map((role): Role => ({ ...role, source: 'configuration' }));
    const configured = (workspace: string): readonly Role[] => this.ports.store.roles.of(workspace).flatMap(({ definition }) => (definition?.source === 'configuration' ? [definition] : []));
    const byName = (some: readonly Role[]): readonly Role[] => [...some].sort((a, b) => (a.name < b.name ? -1 : 1));
    // Every engine tells them at its start; a commit would wake all.
    const others = roots.filter((root) => !isDeepStrictEqual(byName(configured(root)), byName(wanted)));
    if (others.length === 0) return Promise.resolve();
    return this.change(others, (workspace, store) => {
      for (const { name, definition } of store.roles.of(workspace)) if (definition?.source === 'configuration') settleRole(store, workspace, name, { definition: undefined });
      for (const role of wanted) settleRole(store, workspace, role.name, { definition: role });
    });
  }

  registerRole(roots: readonly string[], role: Role): Promise<void> {
    return this.change(roots, (workspace, store) => settleRole(store, workspace, role.name, { definition: { ...role, source: 'code' } }));
  }

  unregisterRole(roots: readonly string[], name: string): Promise<void> {
    return this.change(roots, (workspace, store) => {
      if (store.roles.get(workspace, name)?.definition?.source === 'code') settleRole(store, workspace, name, { definition: undefined });
    });
  }

  takeRoleWork(workspace: string, name: string): Promise<boolean> {
    const { store, lease } = this.ports;
    const own = lease.idIfAny;
    if (own === undefined) return Promise.resolve(false);
    const holder = (): number | undefined => store.roles.get(workspace, name)?.engine;
    // A window can tell a person what it finds; it comes before an engine that has none.
    const isFree = (): boolean => {
      const engines = store.engines.all();
      const other = engines.find(({ id }) => id === holder());
      return other === undefined || (other.kind === 'cli' && engines.some(({ id, kind }) => id === own && kind === 'window'));
    };
    if (isFree()) store.write(() => {
      if (isFree()) settleRole(store, workspace, name, { engine: own });
    });
    return Promise.resolve(holder() === own);
  }

  private viewsOf(workspace: string): RoleView[] {
    const { store } = this.ports;
    const counts = store.roles.countsOf(workspace);
    const known = knownRoles(store, workspace);
    const orphaned = [...counts].filter(([name, { running, waiting, scheduled }]) => running + waiting + scheduled > 0 && !known.some((role) => role.name === name));
    return [...known, ...orphaned.map(([name]) => unknownRole(name))].map((role) => {
      const { ordered = 'running' as const, opened = 0, started = 0 } = store.roles.get(workspace, role.name) ?? {};
      return { role, state: roleState(role, ordered, store.settings.giveWayFrom()), counts: counts.get(role.name) ?? NO_COUNTS, opened, started };
    });
  }

  private everyRole(roots: readonly string[]): { readonly workspace: string; readonly names: readonly string[] }[] {
    return this.workspaces(roots).map((workspace) => ({ workspace, names: this.viewsOf(workspace).filter(({ role }) => role.enabled).map(({ role }) => role.name) }));
  }

  /** The roots themselves, and workspaces below them that have tasks. */
  private workspaces(roots: readonly string[]): readonly string[] {
    return [...new Set([...roots, ...this.ports.store.workspacesUnder(roots)])];
  }

  private async order(places: readonly { readonly workspace: string; readonly names: readonly string[] }[], order: RoleOrder): Promise<void> {
    const { store, log } = this.ports;
    store.write(() => {
      for (const { workspace, names } of places) {
        for (const name of names) {
          settleRole(store, workspace, name, { ordered: order });
        }
      }
      store.markChanged();
    });
    for (const { workspace, names } of places) log.write('info', `Roles ${order} in ${workspace}: ${names.join(', ')}`);
    this.ports.onCommitted();
    const errors: unknown[] = [];
    for (const { workspace, names } of places) {
      for (const name of names) {
        try {
          if (order === 'stopped') await this.cancelTasks(workspace, name);
          else if (order === 'running') await this.begin(workspace, name);
        } catch (error) {
          // What is wrong with one role is no reason for others to stay idle.
          errors.push(error);
        }
      }
    }
    if (errors.length > 0) throw together(errors);
  }

  /** A part at a time, so that others have the store in between; its queue is shut already. */
  private async cancelTasks(workspace: string, name: string): Promise<void> {
    const { store, ledger, clock, onCommitted } = this.ports;
    for (;;) {
      const ids = store.tasks.stoppableOfRole(workspace, name, AT_ONCE);
      // Somebody may have started it again meanwhile.
      if (ids.length === 0 || store.roles.get(workspace, name)?.ordered !== 'stopped') return;
      const at = clock.now();
      store.write(() => {
        for (const id of ids) ledger.apply(id, { type: 'stopRequested', cause: { type: 'cancel' }, at }, at);
      });
      onCommitted();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** What a role is configured to do when it starts, unless it still does it. */
  private async begin(workspace: string, name: string): Promise<void> {
    const { store, ledger, clock, log, contextOf, onCommitted } = this.ports;
    const role = store.roles.get(workspace, name)?.definition;
    const written = role === undefined ? undefined : roleTasks(role);
    if (role === undefined || written === undefined) return;
    if (!written.ok) throw new UserError(`The role \`${name}\` cannot begin: ${written.error};`, 'correct its configuration.');
    const isAtWork = (): boolean => {
      const names = new Set(store.tasks.unfinishedOfRole(workspace, name).map((id) => store.tasks.nameOf(id)));
      return written.value.some((task) => 'name' in task && names.has(String(task.name)));
    };
    if (written.value.length === 0 || isAtWork()) return;
    const request: SubmitRequest = { workspace, name: role.label, confine: false, tasks: written.value };
    // Loaded on use: it brings the validator along.
    const { prepare, enqueue } = await import('../submission/submission.ts');
    const batch = prepare(request, await contextOf(request), store);
    // Meanwhile somebody else may have started it as well, or stopped it.
    const isWanted = (): boolean => store.roles.get(workspace, name)?.ordered === 'running' && !isAtWork();
    const queued = batch.ok ? store.write(() => (isWanted() ? enqueue(batch.value, store, ledger, clock.now()) : undefined)) : batch;
    if (queued === undefined) return;
    if (!queued.ok) throw new UserError(`The role \`${name}\` cannot begin: ${queued.error.map(formatProblem).join('; ')};`, 'correct its configuration.');
    log.write('info', `Queued ${queued.value.tasks.length} tasks as batch ${queued.value.batch} “${role.label}”`);
    onCommitted();
  }

  private change(roots: readonly string[], act: (workspace: string, store: Store) => void): Promise<void> {
    const { store, onCommitted } = this.ports;
    store.write(() => {
      for (const root of roots) act(root, store);
      store.markChanged();
    });
    onCommitted();
    return Promise.resolve();
  }
}

/** The root that a workspace is or lies below, the nearest one; the workspace itself without any. */
function rootOf(workspace: string, roots: readonly string[]): string {
  return roots.filter((root) => isInside(workspace, root)).sort((a, b) => b.length - a.length)[0] ?? workspace;
}

/** A role that one of the folders has enabled is told as that one has it; workspaces below them have no say in that. */
function merged(one: RoleView | undefined, other: RoleView, isOtherRoot: boolean): RoleView {
  if (one === undefined) return other;
  const isMoreOpen = OPENNESS.indexOf(other.state) > OPENNESS.indexOf(one.state);
  const role = isOtherRoot && !one.role.enabled && other.role.enabled ? other.role : one.role;
  return { role, state: isMoreOpen ? other.state : one.state, counts: addCounts(one.counts, other.counts), opened: one.opened + other.opened, started: one.started + other.started };
}

/** One error for all; one that is no person's to mend comes first. */
function together(errors: readonly unknown[]): unknown {
  const bug = errors.find((error) => !(error instanceof UserError));
  return errors.length === 1 || bug !== undefined ? (bug ?? errors[0]) : new UserError(errors.map(messageOf).join('\n'));
}

function noSuchRole(name: string, known: readonly Role[]): UserError {
  const names = [...new Set(known.map((role) => role.name))];
  const near = nearest(name, names);
  return new UserError(`There is no role \`${name}\`;`, near === undefined ? `known are ${names.map((other) => `\`${other}\``).join(', ')}.` : `did you mean \`${near}\`?`);
}

