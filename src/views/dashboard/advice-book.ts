import { changedParts, partAt, withPart } from '../../core/base/changed-parts.ts';
import { UserError } from '../../core/base/user-error.ts';
import type { SettingPlace } from '../../host/settings/setting-place.ts';
import type { Recommendation, ScheduleChange, SettingChange } from '../../core/model/recommendation.ts';
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

/** When schedules come due. */
export interface ScheduleClock {
  /** Has one come due at another time of day, in minutes since midnight. False when it is gone, or does not come due at `from`. */
  move(schedule: ScheduleChange, from: number, to: number): PromiseLike<boolean>;
}

/** What the window remembers. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

interface Applied {
  readonly advice: Recommendation;
  /** Of a setting. */
  readonly place?: SettingPlace;
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
  private readonly schedules: ScheduleClock;
  private readonly memory: Memory;

  constructor(settings: SettingStore, schedules: ScheduleClock, memory: Memory) {
    this.settings = settings;
    this.schedules = schedules;
    this.memory = memory;
  }

  /** Those to show: open ones, then those that can be undone, whether or not the engine would still give them. */
  list(given: readonly Recommendation[]): readonly Advice[] {
    const applied = this.applied;
    const taken = new Set([...applied.map(({ advice }) => advice.id), ...this.dismissed]);
    return [...given.filter(({ id }) => !taken.has(id)).map((advice) => ({ ...advice, isApplied: false })), ...applied.map(({ advice }) => ({ ...advice, isApplied: true }))];
  }

  /** Changes the setting or the schedule. Throws a `UserError` when there is none to change. */
  async apply(id: string, given: readonly Recommendation[]): Promise<void> {
    const advice = given.find((each) => each.id === id);
    if (advice === undefined) throw new UserError('This recommendation no longer holds, since the figures behind it have changed.');
    const { change } = advice;
    if (change === undefined) throw new UserError(`Nothing that a click can change follows “${advice.title}”.`);
    const written = change.type === 'schedule' ? await this.move(change) : await this.set(change);
    await this.memory.update(APPLIED, [{ advice, ...written }, ...this.applied].slice(0, MOST_KEPT));
  }

  /** Restores what was there before. Throws a `UserError` when somebody has changed it since. */
  async undo(id: string): Promise<void> {
    const entry = this.applied.find(({ advice }) => advice.id === id);
    const change = entry?.advice.change;
    if (entry === undefined || change === undefined) throw new UserError('This recommendation was not applied, so there is nothing to undo.');
    const isRestored = change.type === 'schedule' ? await this.schedules.move(change, change.value, change.now) : await this.restore(change, entry);
    await this.memory.update(APPLIED, this.applied.filter(({ advice }) => advice.id !== id));
    if (isRestored) return;
    if (change.type === 'schedule') throw new UserError(`The schedule “${change.name}” has been changed since, or is gone, so it is left as it is. Change it in ${change.file ?? 'the view Schedules'}.`);
    throw new UserError(`The setting parallelWorkflow.${change.key} has been changed since, so it is left as it is. Change it in the settings.`);
  }

  /** Shows it no more; one that was applied stays applied. */
  async dismiss(id: string): Promise<void> {
    await this.memory.update(APPLIED, this.applied.filter(({ advice }) => advice.id !== id));
    await this.memory.update(DISMISSED, [id, ...this.dismissed.filter((other) => other !== id)].slice(0, MOST_KEPT));
  }

  private async move(change: ScheduleChange): Promise<object> {
    if (await this.schedules.move(change, change.now, change.value)) return {};
    throw new UserError(`The schedule “${change.name}” has just been changed, or is gone.`, `See ${change.file ?? 'the view Schedules'}.`);
  }

  private async set({ key, value }: SettingChange): Promise<Pick<Applied, 'place' | 'before'>> {
    if (!this.settings.has(key)) throw new UserError(`There is no setting parallelWorkflow.${key}.`, 'Update the extension in all windows.');
    const place = this.settings.place(key);
    const before = this.settings.written(key, place);
    await this.settings.write(key, place, value);
    return { place, ...(before !== undefined && { before }) };
  }

  /** Of a setting with many parts only those that were changed are put back: other advice may have changed others since. False when they were changed as well. */
  private async restore({ key, now, value }: SettingChange, { place = 'user', before }: Applied): Promise<boolean> {
    const written = this.settings.written(key, place);
    const parts = changedParts(now, value);
    const isWhole = isSame(written, value);
    if (!isWhole && !parts.every(({ path, after }) => path.length > 0 && isSame(partAt(written, path), after))) return false;
    const restored = isWhole ? before : parts.reduce((whole, part) => withPart(whole, part.path, part.before), written);
    await this.settings.write(key, place, before === undefined && isSame(restored, now) ? undefined : restored);
    return true;
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
