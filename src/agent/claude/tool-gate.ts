import type { Clock } from '../../core/base/clock.ts';
import { messageOf } from '../../core/base/user-error.ts';
import type { AgentRefusal } from '../../core/model/agents/agent-evidence.ts';
import type { Permission, Turn } from '../agent-driver.ts';
import type { HookInput } from './messages.ts';
import { writingCall } from './writing-call.ts';

/** The program gives up on a hook after so long, in seconds, and then does not make the call. */
export const HOOK_TIMEOUT_S = 60;
/** We answer before that: a reason is better than none. */
const OWN_LIMIT_MS = 45_000;

type Answer = Readonly<Record<string, unknown>>;

/**
 * Answers the hooks around tool calls. Whatever goes wrong here, the answer is a plain no: Claude Code takes an error for a
 * yes, depending on its version.
 */
export class ToolGate {
  /** Calls that were asked about; a writing tool that worked without is a hook that was not called. */
  readonly asked = new Set<string>();
  readonly refused = new Set<string>();
  private readonly turn: Turn;
  private readonly clock: Clock;
  private readonly open = new Set<string>();
  private readonly diffs = new Map<string, string>();

  constructor(turn: Turn, clock: Clock) {
    this.turn = turn;
    this.clock = clock;
  }

  /** Before a call: grants it by having no objection, so that Claude Code's own rules still apply. */
  async before(input: HookInput, cancelled: AbortSignal): Promise<Answer> {
    const call = writingCall(input, this.turn.request.cwd);
    this.asked.add(call.id);
    let permission: Permission;
    try {
      permission = await this.inTime(this.turn.files.before(call), call.id);
    } catch (error) {
      permission = { granted: false, refusal: { tool: call.tool, why: `Parallel Workflow could not ask who uses the file (${messageOf(error)}). Try again later; do not write it by other means.` } };
    }
    if (permission.granted) {
      this.open.add(call.id);
      if (cancelled.aborted) await this.after(call.id);
      return {};
    }
    this.refuse(call.id, permission.refusal);
    return { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: permission.refusal.why } };
  }

  /** After a call, or instead of it. May be told more than once; never rejects. */
  async after(id: string): Promise<void> {
    if (!this.open.delete(id)) return;
    try {
      const diff = await this.turn.files.after(id);
      if (diff !== '') this.diffs.set(id, diff);
    } catch (error) {
      this.turn.record.event({ type: 'after_failed', error: messageOf(error) });
    }
  }

  /** What a call that has ended changed; once. */
  diffOf(id: string): string {
    const diff = this.diffs.get(id) ?? '';
    this.diffs.delete(id);
    return diff;
  }

  /** Gives back what calls without an end still hold. */
  async closeAll(): Promise<void> {
    for (const id of [...this.open]) await this.after(id);
  }

  refuse(id: string, refusal: AgentRefusal): void {
    this.refused.add(id);
    this.turn.record.refused(refusal);
    this.turn.conversation.refuse(refusal);
  }

  private async inTime(asking: Promise<Permission>, id: string): Promise<Permission> {
    let isLate = false;
    let cancel = (): void => undefined;
    const late = new Promise<never>((_resolve, reject) => {
      cancel = this.clock.after(OWN_LIMIT_MS, () => {
        isLate = true;
        reject(new Error(`no answer in ${OWN_LIMIT_MS / 1000} s`));
      });
    });
    // Files that are granted too late are given back at once.
    void asking.then(({ granted }) => (granted && isLate ? this.turn.files.after(id) : undefined)).catch(() => undefined);
    try {
      return await Promise.race([asking, late]);
    } finally {
      cancel();
    }
  }
}
