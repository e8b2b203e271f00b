import path from 'node:path';
import { AGENT_NAMES, type AgentChoice } from '../model/agents/agent.ts';
import type { Prompt } from '../model/spec.ts';
import { nearest } from './nearest.ts';
import type { PromptFile } from './prompt-file.ts';
import type { RawSpec } from './raw-spec.ts';
import type { SpecContext } from './spec-context.ts';

type Report = (field: string, message: string) => void;

const CHOICES: readonly AgentChoice[] = ['auto', ...AGENT_NAMES];
const SAID_BY_ITS_AGENT = 'does not go with a prompt: which agent carries it out decides that';
const OF_A_PROGRAM = 'only goes with a program, not with a prompt';

/** Fields that a prompt has no use for, and why. */
const NOT_OF_PROMPTS: Partial<Record<keyof RawSpec, string>> = {
  type: SAID_BY_ITS_AGENT,
  interpreter: SAID_BY_ITS_AGENT,
  args: OF_A_PROGRAM,
  arguments: 'only goes with `function`, not with a prompt',
  shell: 'only goes with a `command` given as one text',
  artifacts: OF_A_PROGRAM,
  interactive: OF_A_PROGRAM,
};

const ONLY_OF_PROMPTS = ['model', 'context', 'handover', 'maxTurns', 'maxCost', 'follows'] as const;

/** The work of a prompt; `file` is the one it comes from. Defaults of a batch that prompts have no use for are left aside. */
export function readPrompt(prompt: string, file: string | undefined, own: RawSpec, raw: RawSpec, context: SpecContext, report: Report): Prompt {
  for (const [field, why] of Object.entries(NOT_OF_PROMPTS)) if (own[field as keyof RawSpec] !== undefined) report(field, why);
  const toRead = (raw.context ?? []).map((given, index) => {
    const absolute = path.resolve(context.base, given);
    if (!context.isFile(absolute) && !context.isFolder(absolute)) report(`context[${index}]`, `there is no file or folder \`${absolute}\``);
    return absolute;
  });
  return {
    kind: 'prompt',
    prompt,
    agent: readChoice(raw.agent, report),
    context: toRead,
    ...(file !== undefined && { file }),
    ...(raw.model !== undefined && { model: raw.model }),
    ...(raw.handover !== undefined && { handover: raw.handover }),
    ...(raw.maxTurns !== undefined && { maxTurns: raw.maxTurns }),
    ...(raw.maxCost !== undefined && { maxCost: raw.maxCost }),
    ...(raw.follows !== undefined && { follows: Number(raw.follows.slice(1)) }),
  };
}

/** Says of what is no prompt that it is none. */
export function refusePromptFields(own: RawSpec, report: Report): void {
  for (const field of ONLY_OF_PROMPTS) if (own[field] !== undefined) report(field, 'only goes with `prompt`');
}

/** A prompt file as it was read before. */
export function promptFileAt(script: string | undefined, context: SpecContext): { readonly path: string; readonly file: PromptFile } | undefined {
  if (script === undefined) return undefined;
  const absolute = path.resolve(context.base, script);
  const file = context.promptFile(absolute);
  return file === undefined ? undefined : { path: absolute, file };
}

function readChoice(agent: string | undefined, report: Report): AgentChoice {
  if (agent === undefined) return 'auto';
  const choice = CHOICES.find((name) => name === agent);
  if (choice !== undefined) return choice;
  const near = nearest(agent, CHOICES);
  report('agent', `a prompt is carried out by ${CHOICES.map((name) => `\`${name}\``).join(', ')}, not by \`${agent}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`);
  return 'auto';
}
