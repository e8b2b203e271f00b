import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Log } from '../base/log.ts';
import { messageOf, UserError } from '../base/user-error.ts';
import type { EnginePort, Submitted } from '../engine/engine-port.ts';
import type { Role } from '../model/roles/role.ts';
import type { RoleView } from '../model/roles/role-view.ts';
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

/** A worker in its place: `shift` is there while it works. */
interface Post {
  readonly key: string;
  readonly workspace: string;
  readonly name: string;
  worker: RoleWorker;
  /** As it was defined, and how often opened, when the worker last began. */
  role: Role;
  opened: number;
  shift: Shift | undefined;
  /** It could not start; it is tried again once the role was shut. */
  hasFailed: boolean;
}

/** From when a worker is told to start until it is told to stop. */
interface Shift {
  readonly abort: AbortController;
  /** Resolves when it has started, or could not: that may last for as long as it works. */
  started: Promise<void>;
  hasBegun: boolean;
}

/** So long a worker may take to start that is told to stop, and to stop; others wait no longer. */
const STOP_MS = 5000;
/** How often the work of a role whose engine may be gone is asked for. */
const TAKE_MS = 10_000;

/** Starts and stops what roles do by themselves as their queues are opened and shut, on this machine in one engine each. */
export class RoleWorkers implements Disposable {
  private readonly ports: RoleWorkersPorts;
  private readonly makers = new Map<string, () => RoleWorker>();
  private readonly posts = new Map<string, Post>();
  /** By the key of their posts, how often roles had been started when they were last seen open, or for the first time. */
  private readonly started = new Map<string, number>();
  /** By the key of their posts, workers that are about to stop: who comes after them waits. */
  private readonly endings = new Map<string, Promise<void>>();
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

  /** Resolves when all that should work now has been told to start, and all else has stopped. */
  async settled(): Promise<void> {
    for (let turn; turn !== this.turn || this.endings.size > 0; ) {
      turn = this.turn;
      await turn;
      await Promise.all(this.endings.values());
    }
  }

  dispose(): void {
    this.isDisposed = true;
    this.subscription.dispose();
    this.cancelTimer();
    this.makers.clear();
    for (const post of this.posts.values()) this.stop(post);
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
        this.stop(post);
      }
    }
    for (const [key, { role, opened, started }] of wanted) {
      const workspace = key.slice(role.name.length + 1);
      const post = this.posts.get(key) ?? { key, workspace, name: role.name, worker: this.makers.get(role.name)!(), role, opened, shift: undefined, hasFailed: false };
      this.posts.set(key, post);
      const isOurs = await this.ports.engine.takeRoleWork(workspace, role.name);
      const isStartedAnew = started !== this.started.get(key);
      this.started.set(key, started);
      const isNew = opened !== post.opened || !isDeepStrictEqual(role, post.role);
      post.opened = opened;
      if (!isOurs || isNew) this.stop(post);
      if (isNew) post.hasFailed = false;
      if (isOurs && post.shift === undefined && !post.hasFailed && !this.isDisposed) this.start(post, role, isStartedAnew);
    }
  }

  /** Roles whose queue is open and whose work somebody here can do, by name and workspace. */
  private async wanted(): Promise<Map<string, RoleView>> {
    const { engine, roots, mayWork } = this.ports;
    const wanted = new Map<string, RoleView>();
    if (!mayWork()) return wanted;
    const seen = new Set<string>();
    for (const root of roots()) {
      for (const view of await engine.roles([root])) {
        if (!this.makers.has(view.role.name)) continue;
        const key = `${view.role.name}\0${root}`;
        seen.add(key);
        if (!this.started.has(key)) this.started.set(key, view.started);
        if (view.state === 'running') wanted.set(key, view);
      }
    }
    for (const key of this.started.keys()) if (!seen.has(key)) this.started.delete(key);
    return wanted;
  }

  private start(post: Post, role: Role, isStartedAnew: boolean): void {
    const { key } = post;
    const shift: Shift = { abort: new AbortController(), started: Promise.resolve(), hasBegun: false };
    post.role = role;
    post.shift = shift;
    shift.started = (this.endings.get(key) ?? Promise.resolve()).then(() => this.begin(post, shift, role, isStartedAnew));
  }

  private async begin(post: Post, shift: Shift, role: Role, isStartedAnew: boolean): Promise<void> {
    const { engine, clock, log } = this.ports;
    const { workspace, name, worker } = post;
    const { signal } = shift.abort;
    if (signal.aborted) return;
    const context: RoleContext = { role, workspace, engine, clock, log, isStartedAnew, signal, queue: (title, ...tasks) => queueTo(engine, workspace, name, title, tasks) };
    shift.hasBegun = true;
    try {
      const starting = worker.start(context);
      log.write('info', `The role ${name} works in ${workspace}`);
      await starting;
    } catch (error) {
      // What a worker throws because it is stopped is no news.
      if (signal.aborted) return;
      post.hasFailed = true;
      log.write('error', `The role ${name} could not begin its work in ${workspace}: ${messageOf(error)}`);
      this.stop(post);
    }
  }

  /** Has a worker stop, and waits for it elsewhere: no role waits for the worker of another. */
  private stop(post: Post): void {
    const { key, shift } = post;
    if (shift === undefined) return;
    post.shift = undefined;
    shift.abort.abort();
    const ending = Promise.all([this.endings.get(key), this.end(post, shift)]).then(() => {
      if (this.endings.get(key) === ending) this.endings.delete(key);
    });
    this.endings.set(key, ending);
  }

  private async end(post: Post, shift: Shift): Promise<void> {
    const { log } = this.ports;
    const { workspace, name, worker } = post;
    const hasStarted = await this.isInTime(shift.started);
    if (!shift.hasBegun) return;
    const hasStopped = await this.isInTime(stopped(worker).catch((error: unknown) => log.write('error', `The role ${name} could not end its work in ${workspace}: ${messageOf(error)}`)));
    if (hasStarted && hasStopped) return;
    log.write('warn', `The role ${name} was told to end its work in ${workspace}, and has not done so after ${STOP_MS / 1000} s`);
    // What it still does must not meet what is begun anew.
    post.worker = this.makers.get(name)?.() ?? worker;
  }

  private async isInTime(work: Promise<void>): Promise<boolean> {
    let cancel = (): void => undefined;
    const late = new Promise<boolean>((resolve) => {
      cancel = this.ports.clock.after(STOP_MS, () => resolve(false));
    });
    const inTime = await Promise.race([work.then(() => true), late]);
    cancel();
    return inTime;
  }
}

async function stopped(worker: RoleWorker): Promise<void> {
  await worker.stop();
}

async function queueTo(engine: Pick<EnginePort, 'submit'>, workspace: string, role: string, name: string, tasks: readonly object[]): Promise<Submitted> {
  const result = await engine.submit({ workspace, name, confine: true, tasks: tasks.map((task) => ({ role, ...task })) });
  if (result.ok) return result.value;
  throw new UserError(`${name}: ${result.error.map(formatProblem).join('; ')}`);
}
