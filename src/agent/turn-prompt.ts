import fs from 'node:fs';
import path from 'node:path';
import { AGENT_FILES, type AgentRequest, type EarlierRun } from '../core/model/agents/agent-request.ts';
import { agentLabel } from '../core/present/agents/agent-label.ts';

/** The end of a conversation, which is what matters to who goes on with it. */
const LONGEST_CONVERSATION = 24_000;
const LONGEST_DIFF = 48_000;

/** The session that this run goes on with, where its agent has one. */
export function sessionToResume({ agent, earlier, resume }: AgentRequest): EarlierRun | undefined {
  const last = earlier.at(-1);
  return resume && last?.agent === agent && last.session !== undefined ? last : undefined;
}

/** What the agent is told: the prompt, with what it cannot know otherwise. */
export function turnPrompt(request: AgentRequest): string {
  const { prompt, context, earlier, cwd } = request;
  const files = context.length === 0 ? '' : `Read these files first:\n${context.map((file) => `- ${path.relative(cwd, file) || file}`).join('\n')}`;
  const resumed = sessionToResume(request);
  if (resumed !== undefined) return resumed.isOther ? joined(files, prompt) : joined('Your work on this was cut off. See what is done already and go on from there. The task, once more:', prompt);
  return joined(...earlier.map((run) => handedOver(run, cwd)), files, prompt);
}

/** What another one said and changed before, so that nothing is done twice. */
function handedOver({ agent, folder, isOther }: EarlierRun, cwd: string): string {
  const conversation = endOf(withoutColours(textOf(path.join(folder, 'stdout'))), LONGEST_CONVERSATION);
  const diff = startOf(textOf(path.join(folder, AGENT_FILES.diff)), LONGEST_DIFF);
  const who = agentLabel(agent);
  if (conversation === '' && diff === '') return '';
  const opening = isOther
    ? `This follows up an earlier task, which ${who} carried out.`
    : `${who} began the task below and was cut off. Go on from there: what it changed is in the files of ${cwd} already.`;
  return joined(opening, quoted('What was said', conversation), quoted('What was changed', diff));
}

function quoted(title: string, text: string): string {
  return text === '' ? '' : `<earlier title="${title}">\n${text.trimEnd()}\n</earlier>`;
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function endOf(text: string, length: number): string {
  return text.length <= length ? text : `…\n${text.slice(text.indexOf('\n', text.length - length) + 1)}`;
}

function startOf(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, text.lastIndexOf('\n', length))}\n…`;
}

function withoutColours(text: string): string {
  // eslint-disable-next-line no-control-regex -- colours are made of them
  return text.replace(/\u001b\[[\d;]*m/g, '');
}
