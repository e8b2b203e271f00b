import type { Limits } from '../../model/limits.ts';
import type { MachinePoint } from '../../model/machine/machine-point.ts';
import type { RunBar } from '../../model/run-bar.ts';
import type { Schedule } from '../../model/schedules/schedule.ts';
import type { StoredScriptRun } from '../../store/script-run-table.ts';

/** What advice is drawn from. Plain data. */
export interface History {
  /** Past runs of scripts whose advice is wanted, oldest first. */
  readonly scriptRuns: readonly StoredScriptRun[];
  /** Past runs of all scripts of the machine, which its types are for; oldest first. */
  readonly allRuns: readonly StoredScriptRun[];
  /** Runs of the last day, on the whole machine. */
  readonly bars: readonly RunBar[];
  /** The machine over the last day, in ascending order. */
  readonly points: readonly MachinePoint[];
  readonly limits: Limits;
  /** Schedules whose advice is wanted. */
  readonly schedules: readonly Schedule[];
  /** The machine over some weeks, in ascending order. */
  readonly weeks: readonly MachinePoint[];
  readonly cores: number;
}

/** Fewer runs of a type tell nothing of its limit and estimates. */
export const FEWEST_OF_TYPE = 20;
