import { DEFAULT_AGENT_SETTINGS } from '../../model/agents/agent-settings.ts';
import type { AgentRequest, EarlierRun } from '../../model/agents/agent-request.ts';
import type { AgentName } from '../../model/agents/agent.ts';
import { taskId, type TaskId } from '../../model/ids.ts';
import type { Prompt } from '../../model/spec.ts';
import type { StoredRun } from '../../store/run-table.ts';
import type { Store } from '../../store/store.ts';
import type { StoredTask } from '../../store/task-row.ts';
import { moneyLeft, turnsLeft } from './prompt-budget.ts';

/** What the agent of a run is told: the prompt, what it may spend, and what was said and done before. */
export function agentRequestOf(store: Store, home: string, task: StoredTask, work: Prompt, run: StoredRun, now: number): AgentRequest {
  const agent = run.type as AgentName;
  const settings = store.settings.agents() ?? DEFAULT_AGENT_SETTINGS;
  const earlier = earlierRuns(store, task.id, work, run);
  const program = store.agents.all().find(({ state }) => state.name === agent)?.state.program;
  const model = work.model;
  const maxTurns = turnsLeft(store, task.id, work, settings);
  const maxCost = moneyLeft(store, task.id, work, settings, now);
  return {
    task: task.id,
    name: task.spec.name,
    home,
    workspace: task.workspace,
    cwd: task.spec.cwd,
    agent,
    prompt: work.prompt,
    ...(model !== undefined && { model }),
    context: work.context,
    files: task.spec.files,
    ...(maxTurns !== undefined && { maxTurns }),
    ...(maxCost !== undefined && { maxCost }),
    earlier,
    resume: earlier.length > 0,
    // Without trust nothing is started at all.
    isTrusted: true,
    settings,
    ...(program !== undefined && { program }),
    variables: Object.keys(task.spec.env),
  };
}

/** Runs whose work is gone on with, the latest last: of the prompt that is followed up, then its own since it was last begun afresh. */
function earlierRuns(store: Store, id: TaskId, work: Prompt, run: StoredRun): EarlierRun[] {
  const { afreshAfter } = store.prompts.pastOf(id);
  const followed = work.follows === undefined || afreshAfter > 0 ? [] : conversationOf(store, taskId(work.follows));
  return [...followed.map((other) => toEarlier(other, true)), ...conversationOf(store, id, run.id).map((own) => toEarlier(own, false))];
}

function conversationOf(store: Store, id: TaskId, before: number = Number.POSITIVE_INFINITY): StoredRun[] {
  const { afreshAfter } = store.prompts.pastOf(id);
  return store.runs.ofTask(id).filter((run) => run.attempt > afreshAfter && run.id < before && hasBegun(run));
}

/** One that was turned away at the door has said and done nothing. */
function hasBegun({ startedAt, agent }: StoredRun): boolean {
  return startedAt !== undefined && (agent === undefined || isUnderway(agent));
}

/** Whether a run got so far that there is something to go on with. */
export function isUnderway({ turns, filesChanged, answer }: NonNullable<StoredRun['agent']>): boolean {
  return turns > 0 || filesChanged.length > 0 || answer !== undefined;
}

function toEarlier({ type, agent, folder }: StoredRun, isOther: boolean): EarlierRun {
  return { agent: agent?.agent ?? (type as AgentName), session: agent?.session, folder, isOther };
}
