import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Log } from '../../base/log.ts';
import type { Store } from '../../store/store.ts';
import { Bell } from './bell.ts';
import { Coalesced } from './coalesced.ts';
import type { ChangeNotice } from '../engine-port.ts';
import { guarded } from '../guarded.ts';

const NOTICE_MS = 40;
const RING_MS = 5;
/** How often other processes' commits are looked for when the bell was not heard. */
const POLL_MS = 200;
const RETRY_MS = 1000;
const NAMED_CHANGES = 500;

/** Tells listeners of this process what changed in the store, and other processes that something did. */
export class ChangeFeed implements Disposable {
  private readonly changed = new Emitter<ChangeNotice>();
  private readonly foreign = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  /** Another process committed. */
  readonly onDidForeignCommit = this.foreign.event;
  private readonly store: Store;
  private readonly bell: Bell;
  private readonly listening: Disposable;
  private readonly noticing: Coalesced;
  private readonly ringing: Coalesced;
  private readonly poll: NodeJS.Timeout;
  private told: number;
  private version: number;
  private removals: number;

  constructor(store: Store, home: string, clock: Clock, log: Log) {
    this.store = store;
    this.bell = new Bell(home);
    this.told = store.revision();
    this.removals = store.removals();
    this.version = store.dataVersion();
    this.noticing = new Coalesced(clock, guarded(log, 'What changed could not be read', () => this.notify(), () => this.noticing.request(RETRY_MS)));
    this.ringing = new Coalesced(clock, () => this.bell.ring());
    const look = guarded(log, 'Changes by others could not be looked for', () => this.look());
    this.listening = this.bell.onRing(look);
    this.poll = setInterval(look, POLL_MS);
    this.poll.unref();
  }

  /** A commit of this process. */
  committed(): void {
    this.noticing.request(NOTICE_MS);
    this.ringing.request(RING_MS);
  }

  dispose(): void {
    clearInterval(this.poll);
    this.listening.dispose();
    this.noticing.dispose();
    this.ringing.dispose();
    this.bell.ring();
    this.changed.dispose();
    this.foreign.dispose();
  }

  private look(): void {
    const version = this.store.dataVersion();
    if (version === this.version) return;
    this.version = version;
    this.foreign.fire();
    this.noticing.request(NOTICE_MS);
  }

  private notify(): void {
    const revision = this.store.revision();
    if (revision === this.told) return;
    const removals = this.store.removals();
    const tasks = removals === this.removals ? this.store.tasks.changedSince(this.told, NAMED_CHANGES) : undefined;
    this.told = revision;
    this.removals = removals;
    this.changed.fire({ revision, tasks });
  }
}
