import { UserError } from '../../core/base/user-error.ts';
import type { SettingPlace } from '../../host/settings/setting-place.ts';
import type { Recommendation } from '../../core/model/recommendation.ts';
import type { Advice } from './shown.ts';

/** Where a setting is written: where it will be in force. */
export type { SettingPlace };

/** The settings below `parallelWorkflow.`, and whether there is such a key. */
export interface SettingStore {
  has(key: string): boolean;
  place(key: string): SettingPlace;
  /** The value written at a place; `undefined` when there is none. */
  written(key: string, place: SettingPlace): unknown;
  /** Writes a value, or takes it away with `undefined`. */
  write(key: string, place: SettingPlace, value: unknown): PromiseLike<void>;
}

/** What the window remembers. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

interface Applied {
  readonly advice: Recommendation;
  readonly place: SettingPlace;
  /** Absent when nothing was written there. */
  readonly before?: unknown;
}

const APPLIED = 'dashboard.appliedAdvice';
const DISMISSED = 'dashboard.dismissedAdvice';
/** Older ones can be undone no more, only by hand. */
const MOST_KEPT = 50;

/** Recommendations as a person deals with them: followed, taken back, dismissed. */
export class AdviceBook {
  private readonly settings: SettingStore;
  private readonly memory: Memory;

  constructor(settings: SettingStore, memory: Memory) {
    this.settings = settings;
    this.memory = memory;
  }

  /** Those to show: open ones, then those that can be undone, whether or not the engine would still give them. */
  list(given: readonly Recommendation[]): readonly Advice[] {
    const applied = this.applied;
    const taken = new Set([...applied.map(({ advice }) => advice.id), ...this.dismissed]);
    return [...given.filter(({ id }) => !taken.has(id)).map((advice) => ({ ...advice, isApplied: false })), ...applied.map(({ advice }) => ({ ...advice, isApplied: true }))];
  }

  /** Changes the setting. Throws a `UserError` when there is none to change. */
  async apply(id: string, given: readonly Recommendation[]): Promise<void> {
    const advice = given.find((each) => each.id === id);
    if (advice === undefined) throw new UserError('This recommendation no longer holds, since the figures behind it have changed.');
    const { change } = advice;
    if (change === undefined || !this.settings.has(change.key)) throw new UserError(`No setting of Parallel Workflow follows “${advice.title}”.`);
    const place = this.settings.place(change.key);
    const before = this.settings.written(change.key, place);
    await this.settings.write(change.key, place, change.value);
    await this.memory.update(APPLIED, [{ advice, place, ...(before !== undefined && { before }) }, ...this.applied].slice(0, MOST_KEPT));
  }

  /** Restores what was written before. Throws a `UserError` when somebody has changed the setting since. */
  async undo(id: string): Promise<void> {
    const entry = this.applied.find(({ advice }) => advice.id === id);
    if (entry === undefined) throw new UserError('This recommendation was not applied, so there is nothing to undo.');
    const { key, value } = entry.advice.change!;
    const now = this.settings.written(key, entry.place);
    await this.memory.update(APPLIED, this.applied.filter(({ advice }) => advice.id !== id));
    if (!isSame(now, value)) throw new UserError(`The setting parallelWorkflow.${key} has been changed since, so it is left as it is. Change it in the settings.`);
    await this.settings.write(key, entry.place, entry.before);
  }

  /** Shows it no more; one that was applied stays applied. */
  async dismiss(id: string): Promise<void> {
    await this.memory.update(APPLIED, this.applied.filter(({ advice }) => advice.id !== id));
    await this.memory.update(DISMISSED, [id, ...this.dismissed.filter((other) => other !== id)].slice(0, MOST_KEPT));
  }

  private get applied(): readonly Applied[] {
    return (this.memory.get(APPLIED) as readonly Applied[] | undefined) ?? [];
  }

  private get dismissed(): readonly string[] {
    return (this.memory.get(DISMISSED) as readonly string[] | undefined) ?? [];
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
