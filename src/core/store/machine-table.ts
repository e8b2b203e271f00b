import { GRAINS, KEPT_LONGER_MS } from '../machine/grains.ts';
import { mergeTallies, type MachineTally } from '../machine/machine-tally.ts';
import type { MachinePoint, TimeSpan } from '../model/machine/machine-point.ts';
import type { Strategy } from '../model/machine/strategy.ts';
import { severity } from '../strategy/severity.ts';
import type { Database, Row } from './database.ts';

const STRATEGIES: readonly Strategy[] = ['normal', 'conserve', 'critical'];
/** What lies further ahead was written by a clock that was wrong. */
const AHEAD_MS = 3_600_000;

/** Rows of `machine`: its history, in several grains. */
export class MachineTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** Takes tallies into the whiles that they belong to. */
  add(tallies: readonly MachineTally[]): void {
    for (const tally of tallies) {
      const row = this.db.get('SELECT * FROM machine WHERE lasts = ? AND at = ?', tally.lasts, tally.at);
      this.put(row === undefined ? tally : mergeTallies(tallyFrom(row), tally));
    }
  }

  /** Points of one grain that touch the span, in ascending order. */
  between(lasts: number, { from, to }: TimeSpan): MachinePoint[] {
    return this.db.all('SELECT * FROM machine WHERE lasts = ? AND at > ? AND at <= ? ORDER BY at', lasts, from - lasts, to).map(pointFrom);
  }

  /** Removes what is older than its grain is kept. */
  prune(now: number): void {
    for (const { lasts, keepMs } of GRAINS) {
      this.db.run('DELETE FROM machine WHERE lasts = ? AND (at < ? OR at > ?)', lasts, now - keepMs - KEPT_LONGER_MS - lasts, now + AHEAD_MS);
    }
  }

  private put({ lasts, at, n, cpu, cpuPeak, memory, memoryPeak, disk, diskRead, diskWrite, networkIn, networkOut, load, pressure, strategy }: MachineTally): void {
    this.db.run(
      'INSERT OR REPLACE INTO machine VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      lasts, at, n, cpu, cpuPeak, memory, memoryPeak, disk ?? null, diskRead, diskWrite, networkIn, networkOut, load,
      pressure?.cpu ?? null, pressure?.memory ?? null, pressure?.io ?? null, severity(strategy),
    );
  }
}

function tallyFrom(row: Row): MachineTally {
  return { ...pointFrom(row), n: Number(row.n) };
}

function pointFrom(row: Row): MachinePoint {
  const number = (column: string): number => Number(row[column]);
  const maybe = (column: string): number | undefined => (row[column] === null ? undefined : number(column));
  const stalled = maybe('pressure_cpu');
  return {
    lasts: number('lasts'), at: number('at'),
    cpu: number('cpu'), cpuPeak: number('cpu_peak'), memory: number('memory'), memoryPeak: number('memory_peak'), disk: maybe('disk'),
    diskRead: number('disk_read'), diskWrite: number('disk_write'), networkIn: number('network_in'), networkOut: number('network_out'), load: number('load'),
    pressure: stalled === undefined ? undefined : { cpu: stalled, memory: number('pressure_memory'), io: number('pressure_io') },
    strategy: STRATEGIES[number('strategy')]!,
  };
}
