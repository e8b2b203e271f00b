import type { AgentReport } from './agents/agent-evidence.ts';
import type { AgentName } from './agents/agent.ts';
import type { EngineId, RunId, TaskId } from './ids.ts';
import type { Outcome } from './outcome.ts';
import type { FileConflict, UndeclaredWrite } from './files/run-files.ts';

/** How a run's command ended, as its shim recorded it. CPU times are milliseconds, of the command and all its awaited children. */
export interface ExitRecord {
  readonly code: number;
  readonly userMs: number;
  readonly systemMs: number;
}

/** Work that went from one agent to another, and why the one could not go on. */
export interface Handover {
  readonly from: AgentName;
  readonly why: string;
}

/** One attempt at a task. Times are milliseconds since the epoch, memory is bytes of the whole process tree. */
export interface Run {
  readonly id: RunId;
  readonly task: TaskId;
  readonly attempt: number;
  /** Who looks after it; nobody when its engine left. */
  readonly engine: EngineId | undefined;
  /** Holds `stdout`, `stderr`, `pid`, `ticket`, `result` and `tmp/`. */
  readonly folder: string;
  readonly argv: readonly string[];
  readonly claimedAt: number;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly pid: number | undefined;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly userMs: number | undefined;
  readonly systemMs: number | undefined;
  readonly peakMemory: number | undefined;
  /** Cores and bytes in use at the last look. */
  readonly cores: number | undefined;
  readonly memory: number | undefined;
  readonly outcome: Outcome | undefined;
  /** Files it wrote without a claim. */
  readonly undeclared: readonly UndeclaredWrite[];
  /** Files that it and another run were at, though one of them held it. */
  readonly conflicts: readonly FileConflict[];
  /** Of a prompt: what the agent's turn came to; while it lasts, what it has come to so far. */
  readonly agent?: AgentReport;
  /** Of a prompt: from whom the agent took it over. */
  readonly handover?: Handover;
}
