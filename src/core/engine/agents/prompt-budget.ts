import type { AgentReport } from '../../model/agents/agent-evidence.ts';
import type { AgentSettings } from '../../model/agents/agent-settings.ts';
import type { TaskId } from '../../model/ids.ts';
import type { Prompt } from '../../model/spec.ts';
import type { Store } from '../../store/store.ts';
import { spentToday } from './prompt-routing.ts';

/** The least that a run is given: what rounds to nothing would be no limit to some programs. */
const CENT = 0.01;

/** Turns that a prompt may still take; no limit when undefined. At least one: whether it may begin at all was decided before. */
export function turnsLeft(store: Store, id: TaskId, work: Prompt, settings: AgentSettings): number | undefined {
  const limit = work.maxTurns ?? settings.maxTurns;
  return limit === undefined ? undefined : Math.max(1, limit - spentBy(store, id).turns);
}

/** US dollars that a prompt may still cost, by its own limit and by that of the day. */
export function moneyLeft(store: Store, id: TaskId, work: Prompt, settings: AgentSettings, now: number): number | undefined {
  const own = work.maxCost ?? settings.maxCost;
  const left = [
    ...(own === undefined ? [] : [own - spentBy(store, id).cost]),
    ...(settings.maxCostPerDay === undefined ? [] : [settings.maxCostPerDay - spentToday(store, now)]),
  ];
  return left.length === 0 ? undefined : Math.max(CENT, Math.min(...left));
}

/** Which of its own limits a prompt has reached with all its runs since a person last queued it. */
export function limitReached(store: Store, id: TaskId, work: Prompt, settings: AgentSettings): 'turns' | 'cost' | undefined {
  const { turns, cost } = spentBy(store, id);
  const { maxTurns = settings.maxTurns, maxCost = settings.maxCost } = work;
  if (maxCost !== undefined && cost >= maxCost) return 'cost';
  return maxTurns !== undefined && turns >= maxTurns ? 'turns' : undefined;
}

function spentBy(store: Store, id: TaskId): { readonly turns: number; readonly cost: number } {
  const { grantedAfter } = store.prompts.pastOf(id);
  const reports = store.runs.ofTask(id).flatMap(({ attempt, agent }): AgentReport[] => (attempt > grantedAfter && agent !== undefined ? [agent] : []));
  return { turns: reports.reduce((sum, { turns }) => sum + turns, 0), cost: reports.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0) };
}
