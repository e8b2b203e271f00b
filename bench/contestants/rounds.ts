import { median } from '../quantile.ts';
import type { Contestant } from './contestant.ts';

interface Lap {
  readonly perJobMs: number;
  readonly cpuPerJobMs: number | undefined;
}

/** Several rounds in which each contestant runs the same jobs, one after the other, so that all meet the same machine. */
export class Rounds {
  private readonly laps = new Map<string, Lap[]>();

  static async run(contestants: readonly Contestant[], argv: readonly string[], jobs: number, scratch: string, limits: { readonly rounds: number; readonly patienceMs: number }): Promise<Rounds> {
    const rounds = new Rounds();
    const deadline = performance.now() + limits.patienceMs;
    for (let round = 0; round < limits.rounds && (round === 0 || performance.now() < deadline); round++) {
      for (const contestant of contestants) {
        const count = Math.min(jobs, contestant.most ?? jobs);
        const timing = await contestant.run({ argv, count }, scratch);
        const laps = rounds.laps.get(contestant.name) ?? [];
        laps.push({ perJobMs: timing.wallMs / count, cpuPerJobMs: timing.cpuMs === undefined ? undefined : timing.cpuMs / count });
        rounds.laps.set(contestant.name, laps);
      }
    }
    return rounds;
  }

  get count(): number {
    return Math.max(...[...this.laps.values()].map((laps) => laps.length));
  }

  has(name: string): boolean {
    return this.laps.has(name);
  }

  perJob(name: string): number {
    return median(this.of(name).map((lap) => lap.perJobMs));
  }

  cpuPerJob(name: string): number | undefined {
    const times = this.of(name).flatMap((lap) => lap.cpuPerJobMs ?? []);
    return times.length === 0 ? undefined : median(times);
  }

  /** How many times as long as another one. */
  ratio(name: string, other: string): number {
    const others = this.of(other);
    return median(this.of(name).map((lap, round) => lap.perJobMs / others[round]!.perJobMs));
  }

  private of(name: string): readonly Lap[] {
    const laps = this.laps.get(name);
    if (laps === undefined) throw new Error(`${name} did not take part`);
    return laps;
  }
}
