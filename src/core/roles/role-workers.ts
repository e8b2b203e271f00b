import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Log } from '../base/log.ts';
import { messageOf, UserError } from '../base/user-error.ts';
import type { EnginePort, Submitted } from '../engine/engine-port.ts';
import type { Role } from '../model/role.ts';
import type { RoleView } from '../model/role-view.ts';
import { formatProblem } from '../spec/problem.ts';
import type { RoleWatch } from './role-watch.ts';
import type { RoleContext, RoleWorker } from './role-worker.ts';

interface RoleWorkersPorts {
  readonly engine: EnginePort;
  readonly watch: Pick<RoleWatch, 'onDidChange' | 'roles'>;
  readonly roots: () => readonly string[];
  /** Whether the workspaces are trusted: nothing works in those that are not. */
  readonly mayWork: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** A worker in its place: `abort` is there while it works. */
interface Post {
  readonly workspace: string;
  readonly name: string;
  readonly worker: RoleWorker;
  /** As it was defined, and how often opened, when the worker last began. */
  role: Role;
  opened: number;
  abort: AbortController | undefined;
  /** It could not start; it is tried again once the role was shut. */
  hasFailed: boolean;
}

/** How often the work of a role whose engine may be gone is asked for. */
const TAKE_MS = 10_000;

/** Starts and stops what roles do by themselves as their queues are opened and shut, on this machine in one engine each. */
export class RoleWorkers implements Disposable {
  private readonly ports: RoleWorkersPorts;
  private readonly makers = new Map<string, () => RoleWorker>();
  private readonly posts = new Map<string, Post>();
  private readonly subscription: Disposable;
  private turn: Promise<void> = Promise.resolve();
  private cancelTimer: () => void;
  private isDisposed = false;

  constructor(ports: RoleWorkersPorts) {
    this.ports = ports;
    this.subscription = ports.watch.onDidChange(() => this.look());
    this.cancelTimer = this.arm();
  }

  /** Who does the work of a role from now on; one for each workspace. */
  add(name: string, make: () => RoleWorker): Disposable {
    if (this.makers.has(name)) throw new UserError(`The role \`${name}\` has somebody who does its work already;`, 'give the role another name.');
    this.makers.set(name, make);
    this.look();
    return {
      dispose: () => {
        if (this.makers.get(name) !== make) return;
        this.makers.delete(name);
        this.look();
      },
    };
  }

  /** Resolves when all that should work now does, and all else has stopped. */
  async settled(): Promise<void> {
    for (let turn; turn !== this.turn; ) {
      turn = this.turn;
      await turn;
    }
  }

  dispose(): void {
    this.isDisposed = true;
    this.subscription.dispose();
    this.cancelTimer();
    this.makers.clear();
    this.look();
  }

  private look(): void {
    this.turn = this.turn.then(() => this.settle()).catch((error: unknown) => this.ports.log.write('warn', `The work of roles could not be looked after: ${messageOf(error)}`));
  }

  private arm(): () => void {
    return this.ports.clock.after(TAKE_MS, () => {
      if (this.isDisposed) return;
      this.look();
      this.cancelTimer = this.arm();
    });
  }

  private async settle(): Promise<void> {
    const wanted = this.isDisposed || this.makers.size === 0 ? new Map<string, RoleView>() : await this.wanted();
    for (const [key, post] of this.posts) {
      if (!wanted.has(key)) {
        this.posts.delete(key);
        await this.stop(post);
      }
    }
    for (const [key, { role, opened }] of wanted) {
      const workspace = key.slice(role.name.length + 1);
      const post = this.posts.get(key) ?? { workspace, name: role.name, worker: this.makers.get(role.name)!(), role, opened, abort: undefined, hasFailed: false };
      this.posts.set(key, post);
      const isOurs = await this.ports.engine.takeRoleWork(workspace, role.name);
      const isNew = opened !== post.opened || !isDeepStrictEqual(role, post.role);
      post.opened = opened;
      if (!isOurs || isNew) await this.stop(post);
      if (isNew) post.hasFailed = false;
      if (isOurs && post.abort === undefined && !post.hasFailed) await this.start(post, role);
    }
  }

  /** Roles whose queue is open and whose work somebody here can do, by name and workspace. */
  private async wanted(): Promise<Map<string, RoleView>> {
    const { engine, roots, mayWork } = this.ports;
    const wanted = new Map<string, RoleView>();
    if (!mayWork()) return wanted;
    for (const root of roots()) {
      for (const view of await engine.roles([root])) if (view.state === 'running' && this.makers.has(view.role.name)) wanted.set(`${view.role.name}\0${root}`, view);
    }
    return wanted;
  }

  private async start(post: Post, role: Role): Promise<void> {
    const { engine, clock, log } = this.ports;
    const { workspace, name } = post;
    post.role = role;
    post.abort = new AbortController();
    const context: RoleContext = { role, workspace, engine, clock, log, signal: post.abort.signal, queue: (title, ...tasks) => queueTo(engine, workspace, name, title, tasks) };
    try {
      await post.worker.start(context);
      log.write('info', `The role ${name} works in ${workspace}`);
    } catch (error) {
      post.hasFailed = true;
      log.write('error', `The role ${name} could not begin its work in ${workspace}: ${messageOf(error)}`);
      await this.stop(post);
    }
  }

  private async stop(post: Post): Promise<void> {
    if (post.abort === undefined) return;
    post.abort.abort();
    post.abort = undefined;
    try {
      await post.worker.stop();
    } catch (error) {
      this.ports.log.write('error', `The role ${post.name} could not end its work in ${post.workspace}: ${messageOf(error)}`);
    }
  }
}

async function queueTo(engine: Pick<EnginePort, 'submit'>, workspace: string, role: string, name: string, tasks: readonly object[]): Promise<Submitted> {
  const result = await engine.submit({ workspace, name, confine: true, tasks: tasks.map((task) => ({ role, ...task })) });
  if (result.ok) return result.value;
  throw new UserError(`${name}: ${result.error.map(formatProblem).join('; ')}`);
}
