/** What is known of a script from its past runs. Durations are milliseconds, memory bytes. */
export interface ScriptStats {
  /** Absolute path of the script; a function as `module:name`, a command's first words. */
  readonly script: string;
  readonly runs: number;
  /** Share of runs that ended as expected, 0..1. */
  readonly success: number;
  readonly wallMedian: number;
  readonly wallP95: number;
  readonly peakMemory: number;
  /** CPU time over wall time: cores kept busy. */
  readonly cores: number;
  /** Median of the latest quarter of runs against that of the rest; 1.2 is a fifth slower. `undefined` with too few runs. */
  readonly trend: number | undefined;
  readonly lastAt: number;
}
