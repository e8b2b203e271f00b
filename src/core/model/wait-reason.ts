import type { AgentChoice, AgentStatus } from './agents/agent.ts';
import type { ClaimMode } from './files/claim.ts';
import type { Holder } from './files/holder.ts';
import type { TaskId } from './ids.ts';
import type { RoleShut } from './roles/role.ts';
import type { Strategy, StrategyReason } from './machine/strategy.ts';

/** Why a queued task is not running, with the names and figures behind it. */
export type WaitReason =
  | { readonly type: 'held' }
  /** Held, since three engines in a row ended soon after they had started it. */
  | { readonly type: 'setAside' }
  | { readonly type: 'paused' }
  /** The queue of its role is shut. */
  | { readonly type: 'rolePaused'; readonly role: string; readonly state: RoleShut }
  | { readonly type: 'schedule'; readonly until: number }
  | { readonly type: 'dependency'; readonly tasks: readonly { readonly id: TaskId; readonly name: string }[] }
  | {
      readonly type: 'lock';
      readonly path: string;
      readonly mode: ClaimMode;
      readonly holder: Holder;
      /** It waits as well, and gets the file first. */
      readonly waiting: boolean;
      readonly since: number | undefined;
    }
  /** Somebody has unsaved changes in the file. */
  | { readonly type: 'editor'; readonly path: string; readonly since: number }
  | { readonly type: 'typeLimit'; readonly taskType: string; readonly limit: number; readonly running: number }
  | { readonly type: 'totalLimit'; readonly limit: number; readonly running: number }
  | { readonly type: 'resources'; readonly resource: 'cpu' | 'memory'; readonly needs: number; readonly free: number; readonly fits: boolean }
  | { readonly type: 'strategy'; readonly strategy: Strategy; readonly reasons: readonly StrategyReason[] }
  | { readonly type: 'backfill'; readonly head: { readonly id: TaskId; readonly name: string } }
  /** Nobody who could carry out the prompt is there now; who was asked for, and when he is expected back. */
  | { readonly type: 'agent'; readonly agent: AgentChoice; readonly status: AgentStatus | undefined; readonly why: string | undefined; readonly until: number | undefined }
  | { readonly type: 'terminal' }
  | { readonly type: 'engine' }
  | { readonly type: 'next' };
