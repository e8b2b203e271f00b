import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import { dueText } from '../../schedules/due-text.ts';
import { isInside } from '../../spec/paths.ts';
import type { StoredSchedule } from '../../store/schedule-table.ts';
import type { Store } from '../../store/store.ts';
import { Coalesced } from '../changes/coalesced.ts';
import { guarded } from '../guarded.ts';
import { isKnownZone, reckonNext } from './reckon-next.ts';
import type { ScheduleFiring } from './schedule-firing.ts';

/** Who commits often is not followed at each commit. */
const GATHER_MS = 10;
/** A look just after a due time, not just before it. */
const DUE_SLACK_MS = 1;
/** Clocks are always set a little; a step back beyond this makes due times be reckoned anew. */
const STEP_BACK_MS = 1000;
const RETRY_MS = 1000;

interface KeeperPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly firing: ScheduleFiring;
  /** Roots of the workspaces whose schedules this engine fires. */
  readonly roots: readonly string[];
  readonly onCommitted: () => void;
}

/** Watches for due times, of any engine's making, in the workspaces that this engine serves. */
export class ScheduleKeeper implements Disposable {
  private readonly ports: KeeperPorts;
  private readonly looking: Coalesced;
  private cancelDue = (): void => undefined;
  private lastLook: number | undefined;
  private isFiring = false;
  /** Something changed while it fired. */
  private isAsked = false;
  private isOver = false;

  constructor(ports: KeeperPorts) {
    this.ports = ports;
    this.looking = new Coalesced(ports.clock, guarded(ports.log, 'Schedules could not be looked at', () => this.look(), () => this.lookAgain()));
  }

  /** Something changed, or time has passed. */
  wake(): void {
    if (!this.isOver) this.looking.request(GATHER_MS);
  }

  dispose(): void {
    this.isOver = true;
    this.looking.dispose();
    this.cancelDue();
  }

  private async look(): Promise<void> {
    if (this.isOver) return;
    this.isAsked = this.isFiring;
    if (this.isFiring) return;
    this.isFiring = true;
    try {
      await this.fireReady();
      if (!this.isOver) this.armDue();
    } catch (error) {
      // A store that was closed meanwhile is no news.
      if (!this.isOver) throw error;
    } finally {
      this.isFiring = false;
      if (this.isAsked) this.wake();
    }
  }

  private lookAgain(): void {
    if (!this.isOver) this.armAfter(RETRY_MS);
  }

  private async fireReady(): Promise<void> {
    const { store, clock, firing, onCommitted } = this.ports;
    const workspaces = this.workspaces();
    const now = clock.now();
    if (this.lastLook === undefined || now < this.lastLook - STEP_BACK_MS) this.reckonAnew(workspaces, now);
    this.lastLook = now;
    for (const id of new Set(store.schedules.ready(workspaces, now))) {
      await firing.fire(id);
      if (this.isOver) return;
      onCommitted();
      // Others have their turn between two.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.isOver) return;
    }
  }

  /** After a step back of the clock due times may lie too far ahead; and since the last start the machine may have moved to another time zone. */
  private reckonAnew(workspaces: readonly string[], now: number): void {
    const { store, log, onCommitted } = this.ports;
    const wrong = (): readonly (readonly [StoredSchedule, number | undefined])[] =>
      store.schedules.ofWorkspaces(workspaces).flatMap((schedule) => {
        // One of an unknown zone says so when it is due, rather than being over without a word.
        if (schedule.nextAt === undefined || schedule.nextAt <= now || !isKnownZone(schedule.timeZone)) return [];
        const next = reckonNext(store, schedule, now);
        return next === schedule.nextAt ? [] : [[schedule, next] as const];
      });
    if (wrong().length === 0) return;
    store.write(() => {
      for (const [{ id, name, timeZone }, next] of wrong()) {
        store.schedules.setNext(id, next);
        log.write('info', `Schedule ${id} “${name}” is reckoned anew, since the clock or its zone was set: due ${next === undefined ? 'never' : dueText(next, timeZone)}`);
      }
      store.markChanged();
    });
    onCommitted();
  }

  private workspaces(): readonly string[] {
    const { store, roots } = this.ports;
    return store.schedules.workspaces().filter((workspace) => roots.some((root) => isInside(workspace, root)));
  }

  private armDue(): void {
    const { store, clock } = this.ports;
    const next = store.schedules.nextAt(this.workspaces());
    if (next === undefined) this.cancelDue();
    else this.armAfter(next - clock.now() + DUE_SLACK_MS);
  }

  private armAfter(delayMs: number): void {
    this.cancelDue();
    this.cancelDue = this.ports.clock.after(delayMs, () => this.wake());
  }
}
