import { describeRefusal, expectedEnd } from '../../agent/files/describe-refusal.ts';
import { messageOf } from '../../core/base/user-error.ts';
import type { EnginePort, HoldView } from '../../core/engine/engine-port.ts';
import { waitForHold } from '../../core/engine/files/wait-for-hold.ts';
import { GUARDED_VARIABLE } from '../../core/launch/task-environment.ts';
import type { Claim } from '../../core/model/files/claim.ts';
import { systemProcessTable } from '../../core/process/system-process-table.ts';
import { command } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';
import { askingProcess } from '../hooks/asking-process.ts';
import { readHookCall, type HookCall } from '../hooks/hook-call.ts';
import { HookHolds } from '../hooks/hook-holds.ts';
import { withoutOwn } from '../locks/own-files.ts';
import { withHolder } from '../session.ts';

/** Agents take this for a no, whatever is written. */
const BLOCK = 2;
/** Hooks have 30 seconds in VS Code. */
const PATIENCE_MS = 8000;

export const hookCommand = command({
  usage: ['hook'],
  about: [
    'For the hook files of agents: reads from the input what an agent is about to do, and asks for the files that it would write.',
    'Files that somebody else has are refused with a reason that the agent is shown; so is everything when it cannot be asked.',
    'The command “Protect Files from Other Agents” of the extension writes such hook files.',
  ],
  options: {},
  async run(context) {
    // The runner of a prompt asks itself, call by call.
    if (context.env[GUARDED_VARIABLE] !== undefined) return EXIT.ok;
    let call: HookCall | undefined;
    try {
      call = readHookCall(await context.readInput(), context.cwd);
      if (call === undefined) return EXIT.ok;
      const why = await answer(call, context);
      if (why !== undefined) context.output.write(`${JSON.stringify({ hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: why } })}\n`);
      return EXIT.ok;
    } catch (error) {
      context.output.writeError(`Parallel Workflow could not ask who uses the file: ${messageOf(error)}\n`);
      // After a call there is nothing to keep back, and a no to the end of a turn would make the agent go on.
      return call === undefined || call.when === 'before' ? BLOCK : EXIT.failed;
    }
  },
});

/** Resolves with why the call is refused; `undefined` when it may be made. */
async function answer({ when, session, id, files }: HookCall, context: CommandContext): Promise<string | undefined> {
  const holds = new HookHolds(context.home, session);
  if (when !== 'before') {
    const had = holds.take(when === 'end' ? undefined : id);
    if (had.length > 0) await withHolder(context, async (engine) => void (await Promise.all(had.map(({ hold }) => engine.endHold(hold)))));
    return undefined;
  }
  // A hook file of each kind makes two hooks of one call.
  if (files.length === 0 || holds.get(id)?.files.join('\n') === files.join('\n')) return undefined;
  return withHolder(context, async (engine) => {
    for (const { hold } of holds.takeTouching(files)) await engine.endHold(hold);
    const claims = await withoutOwn(files.map((file): Claim => ({ path: file, mode: 'write' })), engine, context);
    if (claims.length === 0) return undefined;
    const pid = await askingProcess(systemProcessTable(process.platform));
    const { clock } = context;
    const wait = await waitForHold(engine, { name: `agent session ${session.slice(0, 8)}`, pid, claims }, { clock, patienceMs: PATIENCE_MS, unwanted: new Promise(() => undefined), onWaiting: () => undefined, isHopeless: (obstacle) => isHopeless(obstacle, engine, context) });
    if (wait.state !== 'held') {
      const obstacle = wait.state === 'gaveUp' ? wait.obstacle : undefined;
      return describeRefusal(obstacle, obstacle === undefined ? undefined : await expectedEnd(obstacle, engine), clock.now(), context.cwd);
    }
    // Where the shell between us and the agent cannot be told from it, nobody would vouch for the hold.
    if (process.platform === 'win32' || id === '') await engine.endHold(wait.id);
    else holds.add(id, { hold: wait.id, files });
    return undefined;
  });
}

async function isHopeless(obstacle: HoldView['obstacle'], engine: EnginePort, { clock }: CommandContext): Promise<boolean> {
  if (obstacle === undefined) return false;
  if (obstacle.holder.type === 'editor') return true;
  const end = await expectedEnd(obstacle, engine);
  return end !== undefined && end > clock.now() + PATIENCE_MS;
}
