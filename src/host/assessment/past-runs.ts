import type { Clock } from '../../core/base/clock.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { ScriptStats } from '../../core/model/script-stats.ts';

/** What is known of past runs is read again after so long. */
const FRESH_MS = 10_000;
/** Grades do not wait longer for an engine that cannot be opened; they are given without runs then. */
const PATIENCE_MS = 3000;

/** What the runs of all scripts on this machine cost, asked of the engine now and then. */
export class PastRuns {
  private readonly engine: Pick<EnginePort, 'scripts'>;
  private readonly clock: Clock;
  private readAt = Number.NEGATIVE_INFINITY;
  private stats: readonly ScriptStats[] = [];

  constructor(engine: Pick<EnginePort, 'scripts'>, clock: Clock) {
    this.engine = engine;
    this.clock = clock;
  }

  async read(): Promise<readonly ScriptStats[]> {
    if (this.clock.now() - this.readAt < FRESH_MS) return this.stats;
    const reading = this.engine.scripts([]).then((stats) => {
      this.stats = stats;
      this.readAt = this.clock.now();
    });
    const tooLong = new Promise<void>((resolve) => this.clock.after(PATIENCE_MS, resolve));
    await Promise.race([reading.catch(() => undefined), tooLong]);
    return this.stats;
  }
}
