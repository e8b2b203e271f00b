import type { TaskView } from '../../engine/engine-port.ts';
import { isPromptType, PROMPT_TYPE, type AgentName } from '../../model/agents/agent.ts';
import type { Run } from '../../model/run.ts';
import type { Prompt, TaskSpec } from '../../model/spec.ts';
import { agentLabel } from './agent-label.ts';
import { tokenWords, turnWords } from './describe-turns.ts';
import { filePlace } from '../format/file-place.ts';
import { shortLabel } from '../format/one-line.ts';
import { dollars } from './present-agent.ts';

type Fact = readonly [name: string, value: string];

const MOST_NAMED = 5;
const LONGEST_ANSWER = 240;

/** Who has a prompt in hand, had it last, or is to have it: `Claude Code`; nobody while it waits for anybody, or of what is no prompt. */
export function agentOfPrompt({ task, run }: Pick<TaskView, 'task' | 'run'>): string | undefined {
  const { type, work } = task.spec;
  if (work.kind !== 'prompt') return undefined;
  if (isPromptType(type) && type !== PROMPT_TYPE) return agentLabel(type as AgentName);
  return run?.agent && agentLabel(run.agent.agent);
}

/** The agent that a task stands under: of a prompt who has it or is to have it, of any other task the one whose outputs it makes. */
export function agentOf(spec: TaskSpec): string | undefined {
  const { work, type } = spec;
  if (work.kind !== 'prompt') return spec.agent;
  if (isPromptType(type) && type !== PROMPT_TYPE) return agentLabel(type as AgentName);
  return work.agent === 'auto' ? undefined : agentLabel(work.agent);
}

/** How work came from one agent to another: `took over from AutoGen: it is not installed`. */
export function handoverWords({ handover }: Pick<Run, 'handover'>): string | undefined {
  return handover === undefined ? undefined : `took over from ${agentLabel(handover.from)}: ${handover.why}`;
}

/** What is known of a prompt beside what is known of any task: what it may do, who has it, and what came of all its runs. */
export function promptFacts(view: Pick<TaskView, 'task' | 'run' | 'spent'>): readonly Fact[] {
  const { work } = view.task.spec;
  return work.kind === 'prompt' ? [...wishes(work), ...deeds(view)] : [];
}

function wishes({ agent, model, handover, maxTurns, maxCost, follows, context }: Prompt): Fact[] {
  const limits = [...(maxTurns === undefined ? [] : [`${maxTurns} turns`]), ...(maxCost === undefined ? [] : [dollars(maxCost)])];
  return [
    ['For', `${agent === 'auto' ? 'any agent' : agentLabel(agent)}${model === undefined ? '' : `, model ${model}`}${handover === 'never' ? ', not to be handed over' : ''}`],
    ...(limits.length === 0 ? [] : [['At most', limits.join(', ')] as const]),
    ...(follows === undefined ? [] : [['Follows', `#${follows}`] as const]),
    ...(context.length === 0 ? [] : [['Given to read', named(context.map((file) => filePlace(file, [])))] as const]),
  ];
}

function deeds({ task, run, spent }: Pick<TaskView, 'task' | 'run' | 'spent'>): Fact[] {
  const report = run?.agent;
  const takeover = run === undefined ? undefined : handoverWords(run);
  const place = (file: string): string => filePlace(file, [task.workspace]);
  return [
    ...(report === undefined ? [] : [['Agent', [agentLabel(report.agent), report.model, report.session === undefined ? undefined : `session ${report.session}`].filter((part) => part !== undefined).join(', ')] as const]),
    ...(takeover === undefined ? [] : [['Handed over', takeover] as const]),
    ...(spent === undefined || spent.runs === 0 ? [] : [['Spent', [...turnWords({ ...spent, refusals: 0, filesChanged: [] }), tokenWords(spent), ...(spent.runs === 1 ? [] : [`in ${spent.runs} runs`])].join(', ')] as const]),
    ...(spent === undefined || spent.filesChanged.length === 0 ? [] : [['Changed', named(spent.filesChanged.map(place))] as const]),
    ...(report?.answer === undefined ? [] : [['Said last', shortLabel(report.answer, LONGEST_ANSWER)] as const]),
    ...(report === undefined || report.refusals.length === 0 ? [] : [['Refused', named(report.refusals.map(({ tool, path, why }) => `${tool}${path === undefined ? '' : ` ${place(path)}`}: ${why}`), '; ')] as const]),
  ];
}

function named(texts: readonly string[], separator = ', '): string {
  const rest = texts.length - MOST_NAMED;
  return [...texts.slice(0, MOST_NAMED), ...(rest > 0 ? [`and ${rest} more`] : [])].join(separator);
}
