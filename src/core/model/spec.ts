import type { Json } from '../base/json.ts';
import type { AgentChoice } from './agents/agent.ts';
import type { Claim } from './files/claim.ts';
import type { ScheduleId } from './ids.ts';
import type { Expectation } from './outcome.ts';
import type { Requirement } from './roles/role.ts';

/** What a task does. Paths are absolute. */
export type Work =
  | { readonly kind: 'script'; readonly path: string }
  | { readonly kind: 'blender'; readonly path: string }
  | { readonly kind: 'function'; readonly module: string; readonly name: string; readonly arguments: Json }
  | { readonly kind: 'command'; readonly argv: readonly string[] }
  | { readonly kind: 'command'; readonly shell: string }
  /** Work of a kind that an extension brings: a window has its runner carry it out. */
  | { readonly kind: 'hosted'; readonly runner: string; readonly input: Json }
  | Prompt;

/** Work for an agent. */
export interface Prompt {
  readonly kind: 'prompt';
  readonly prompt: string;
  /** The `*.prompt.md` that it comes from; absolute. */
  readonly file?: string;
  readonly agent: AgentChoice;
  readonly model?: string;
  /** Files and folders that it is given to read first; absolute. */
  readonly context: readonly string[];
  /** Whether another agent may go on with it; as settings say when undefined. */
  readonly handover?: 'allow' | 'never';
  readonly maxTurns?: number;
  /** US dollars. */
  readonly maxCost?: number;
  /** Id of the earlier prompt whose conversation it goes on with. */
  readonly follows?: number;
}

/** What somebody asked for: complete, checked, with every default filled in. Durations are milliseconds, sizes bytes. */
export interface TaskSpec {
  readonly name: string;
  readonly work: Work;
  readonly args: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly type: string;
  readonly priority: number;
  readonly role?: string;
  /** What tasks of its role are taken to need, until past runs tell better. */
  readonly requirement?: Requirement;
  /** Whose output folder receives the log, the artifacts and `result.json`. */
  readonly agent?: string;
  readonly files: readonly Claim[];
  /** Key of this task inside its batch. */
  readonly key?: string;
  /** Keys of tasks of the same batch, or ids (`#12`) of earlier tasks, that must have succeeded first. */
  readonly after: readonly string[];
  readonly timeoutMs?: number;
  /** Further attempts after a failure. */
  readonly retries: number;
  /** Wait before the first retry; doubles with each. */
  readonly backoffMs: number;
  /** Cores that the task is taken to need. */
  readonly cpu?: number;
  readonly memory?: number;
  /** The process tree is ended when it uses more. */
  readonly memoryLimit?: number;
  /** Paths or globs under `cwd` that the task makes. */
  readonly artifacts: readonly string[];
  /** Words of the user's own, by which milestones find it. */
  readonly tags?: readonly string[];
  /** Needs a keyboard: runs in a real terminal. */
  readonly interactive: boolean;
  /** Not before this time; milliseconds since the epoch. */
  readonly startAt?: number;
  readonly expect: Expectation;
  /** What becomes of the task when its program is not installed. */
  readonly ifMissing: 'fail' | 'skip';
  /** What queued it, if it was not a person. */
  readonly schedule?: { readonly id: ScheduleId; readonly name: string };
  /** The program to run it with, instead of the one found by the rules of its kind. */
  readonly interpreter?: string;
}
