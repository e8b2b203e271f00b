import type { Clock } from '../base/clock.ts';
import type { Sensor } from './machine-sensors.ts';

/** A sensor that takes longer is replaced by an estimate. */
const LIMIT_MS = 2000;

export interface Reading<T> {
  readonly value: T;
  readonly isGuess: boolean;
}

interface Guard<R, T extends R> {
  readonly sensor: Sensor<T>;
  readonly isSound: (value: T) => boolean;
  /** Stands in for the sensor; told what it last said. */
  readonly guess: (last: T | undefined) => R;
}

/** A sensor that always answers: one that fails, hangs or tells nonsense is replaced by a guess. It is not asked again while it hangs. */
export class GuardedSensor<R, T extends R = R> {
  private readonly guard: Guard<R, T>;
  private readonly clock: Clock;
  private last: T | undefined;
  /** What was asked last; it may take longer than anybody waits. */
  private pending: Promise<T | undefined> | undefined;

  constructor(guard: Guard<R, T>, clock: Clock) {
    this.guard = guard;
    this.clock = clock;
  }

  read(): Promise<Reading<R>> {
    if (this.pending !== undefined) return this.inTime(this.pending);
    let answer: T | undefined | Promise<T | undefined>;
    try {
      answer = this.guard.sensor();
    } catch {
      return Promise.resolve(this.judge(undefined));
    }
    if (!(answer instanceof Promise)) return Promise.resolve(this.judge(answer));
    this.pending = answer
      .catch(() => undefined)
      .finally(() => (this.pending = undefined));
    return this.inTime(this.pending);
  }

  private async inTime(pending: Promise<T | undefined>): Promise<Reading<R>> {
    let cancel = (): void => undefined;
    const late = new Promise<undefined>((resolve) => (cancel = this.clock.after(LIMIT_MS, () => resolve(undefined))));
    const value = await Promise.race([pending, late]);
    cancel();
    return this.judge(value);
  }

  private judge(value: T | undefined): Reading<R> {
    if (value === undefined || !this.guard.isSound(value)) return { value: this.guard.guess(this.last), isGuess: true };
    this.last = value;
    return { value, isGuess: false };
  }
}
