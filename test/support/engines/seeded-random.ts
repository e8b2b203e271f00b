/** Numbers that are the same for the same seed: mulberry32, by Tommy Ettinger. */
export class SeededRandom {
  readonly seed: number;
  private state: number;

  constructor(seed: number) {
    this.seed = seed >>> 0;
    this.state = this.seed;
  }

  /** In [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number of [from, to). */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.whole(0, items.length)]!;
  }
}

/** A new seed for each run, or the one in ENGINES_SEED, which brings back a run that failed. */
export function chosenSeed(): number {
  const given = process.env.ENGINES_SEED;
  return given === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(given);
}
