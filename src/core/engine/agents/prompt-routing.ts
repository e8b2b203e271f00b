import { agentsNow, type AgentsNow } from '../../agents/agents-now.ts';
import { dayOf } from '../../agents/calendar-day.ts';
import { promptClasses, whyShut } from '../../agents/prompt-classes.ts';
import { routePrompts } from '../../agents/route-prompts.ts';
import type { Log } from '../../base/log.ts';
import { AGENT_LABELS, AGENT_NAMES, isPromptType, type AgentName } from '../../model/agents/agent.ts';
import { DEFAULT_AGENT_SETTINGS } from '../../model/agents/agent-settings.ts';
import type { Limits } from '../../model/limits.ts';
import { PROMPT_CLASSES } from '../../model/task-type.ts';
import type { StoredRun } from '../../store/run-table.ts';
import type { Store } from '../../store/store.ts';
import type { Claimed } from '../claimed.ts';

/** Prompts of a class that are looked at beyond what all agents can carry out at once. */
const SPARE = 64;
/** In a class that is shut those that may not be handed over stand before the others, and stay. */
const SPARE_IF_SHUT = 512;

/** What is known of the agents, when there are prompts that wait for them. */
export function agentsForQueue(store: Store, now: number): AgentsNow | undefined {
  return store.prompts.isAnyQueued() ? readAgentsNow(store, now) : undefined;
}

export function readAgentsNow(store: Store, now: number): AgentsNow {
  return agentsNow({
    states: store.agents.all().map(({ state }) => state),
    settings: store.settings.agents() ?? DEFAULT_AGENT_SETTINGS,
    pinned: store.settings.pinnedMode(),
    spent: spentToday(store, now),
    now,
  });
}

/** US dollars of all prompts since midnight. */
export function spentToday(store: Store, now: number): number {
  return [...store.agents.spentOn(dayOf(now)).values()].reduce((sum, { cost }) => sum + cost, 0);
}

/** The limits with the classes of prompts. */
export function withPromptClasses(limits: Limits, agents: AgentsNow | undefined): Limits {
  return agents === undefined ? limits : { ...limits, types: [...limits.types, ...promptClasses(agents)] };
}

/** Part of a writing transaction: gives the first prompts of these workspaces to their agents, as things are now. */
export function routeQueued(store: Store, agents: AgentsNow, workspaces: readonly string[], active: readonly StoredRun[]): void {
  const atOnce = AGENT_NAMES.reduce((sum, name) => sum + agents.agents[name].capacity, 0);
  const limitOf = (name: string): number => atOnce + (AGENT_NAMES.some((agent) => agent === name && !agents.agents[agent].isUsable) ? SPARE_IF_SHUT : SPARE);
  const handover = (store.settings.agents() ?? DEFAULT_AGENT_SETTINGS).handover;
  const waiting = workspaces
    .flatMap((workspace) => PROMPT_CLASSES.flatMap(({ name }) => store.prompts.startable(workspace, name, limitOf(name))))
    .sort((a, b) => a.position - b.position || a.id - b.id);
  const running = (name: AgentName): number => active.filter(({ type }) => type === name).length;
  const routes = routePrompts({
    prompts: waiting.map((prompt) => ({ ...prompt, handover: prompt.handover ?? handover })),
    now: agents,
    running: { claude: running('claude'), autogen: running('autogen'), vscode: running('vscode') },
  });
  for (const { id, type } of waiting) {
    const to = routes.get(id)!;
    if (to !== type) store.tasks.setType(id, to);
  }
}

/** Part of a writing transaction: keeps with the runs that are about to start from whom their agents take over, and why. */
export function noteHandovers(store: Store, claimed: readonly Claimed[], now: number, log: Log): void {
  let agents: AgentsNow | undefined;
  for (const { task, run } of claimed) {
    const { work } = task.spec;
    if (work.kind !== 'prompt' || !isPromptType(run.type)) continue;
    const home = work.agent === 'auto' ? store.prompts.pastOf(task.id).goesOnWith : work.agent;
    if (home === undefined || home === run.type) continue;
    agents ??= readAgentsNow(store, now);
    const why = whyShut(home, agents)?.why ?? `the execution mode is \`${agents.mode}\``;
    store.runs.setHandover(run.id, { from: home, why });
    log.write('info', `#${task.id} ${task.spec.name}: ${AGENT_LABELS[run.type as AgentName]} takes over from ${AGENT_LABELS[home]}: ${why}`);
  }
}
