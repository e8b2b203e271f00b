import { randomUUID } from 'node:crypto';
import type { AgentEvidence } from '../../core/model/agents/agent-evidence.ts';
import type { AgentRequest } from '../../core/model/agents/agent-request.ts';
import { systemProcessTable } from '../../core/process/system-process-table.ts';
import type { AgentDriver, Turn } from '../agent-driver.ts';
import { briefing, turnLimit } from '../tools/briefing.ts';
import { commandEnvironment } from '../tools/command-environment.ts';
import type { TaskQueue } from '../tools/task-queue.ts';
import { ToolBox } from '../tools/tool-box.ts';
import { workspaceTools } from '../tools/workspace-tools.ts';
import { sessionToResume, turnPrompt } from '../turn-prompt.ts';
import { WindowLost } from './bridge-client.ts';
import type { ChatEnd, ChatMessage, ChatPart, ToolResultPart } from './bridge-message.ts';
import { ChatHistory } from './chat-history.ts';
import { ModelFailure } from './model-failure.ts';
import { windowFiles } from './window-files.ts';
import { WindowLink } from './window-link.ts';

interface Ports {
  /** The run's folder. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly queue: TaskQueue | undefined;
  readonly patienceMs?: { readonly first: number; readonly again: number };
}

/** A window that is being opened, and one that reloads, perhaps with an update of its extensions. */
const PATIENCE_MS = { first: 60_000, again: 5 * 60_000 };

interface Answer {
  readonly parts: readonly ChatPart[];
  readonly end: ChatEnd;
}

/** The models of VS Code's windows, with tools of ours: asked again and again until they call none. */
export class VscodeDriver implements AgentDriver {
  private readonly ports: Ports;

  constructor(ports: Ports) {
    this.ports = ports;
  }

  async run(turn: Turn): Promise<AgentEvidence> {
    const { request, conversation, signal } = turn;
    const { patienceMs = PATIENCE_MS } = this.ports;
    const place = { home: request.home, workspace: request.workspace, patienceMs, signal };
    // Models are had from any window, files from the editors of the workspace's own.
    const models = new WindowLink({ ...place, anyWindow: true, tell: (text) => conversation.note(text) });
    const editors = new WindowLink(place);
    try {
      return await this.converse(turn, models, this.toolBox(request, turn, editors));
    } catch (error) {
      if (error instanceof ModelFailure) return error.failure;
      if (error instanceof WindowLost) return signal.aborted ? { type: 'crashed', message: 'it was ended' } : { type: 'unreachable' };
      throw error;
    } finally {
      models.close();
      editors.close();
    }
  }

  private async converse(turn: Turn, models: WindowLink, box: ToolBox): Promise<AgentEvidence> {
    const { request, record } = turn;
    const { history, session } = this.openHistory(turn);
    const used = { turns: 0, inputTokens: 0, outputTokens: 0 };
    while (used.turns < turnLimit(request)) {
      const { parts, end } = await ask(turn, models, box, history);
      used.turns++;
      used.inputTokens += end.inputTokens;
      used.outputTokens += end.outputTokens;
      record.setUsage(used);
      record.event({ ...end, type: 'answer', parts });
      const said = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
      const calls = parts.filter((part) => part.type === 'toolCall');
      if (said === '' && calls.length === 0) return { type: 'failed', message: `the model ${end.model} gave an empty answer` };
      if (said !== '') record.setAnswer(said);
      const answered: ChatMessage = { role: 'assistant', parts: joined(parts) };
      const results: ToolResultPart[] = [];
      for (const { call, name, input } of calls) results.push({ type: 'toolResult', call, text: (await box.call({ name, input })).text });
      // Together: a call without its result is a conversation that no model takes.
      history.add(answered, ...(results.length === 0 ? [] : [{ role: 'user', parts: results } as const]));
      record.setSession(session);
      if (results.length === 0) return { type: 'completed' };
      record.event({ type: 'results', results });
      if (history.makeRoom(end.inputTokens, end.maxInputTokens)) turn.conversation.note('Old results of tools were left out to make room.');
    }
    return { type: 'budget', limit: 'turns' };
  }

  /** A new conversation can be gone on with once something was said in it. */
  private openHistory({ request, prompt, record }: Turn): { readonly history: ChatHistory; readonly session: string } {
    const { folder } = this.ports;
    const earlier = sessionToResume(request);
    const resumed = earlier === undefined ? undefined : ChatHistory.resume(folder, earlier.folder);
    const history = resumed ?? ChatHistory.begin(folder);
    // What was said before has to be told again to a conversation that begins anew.
    const text = earlier !== undefined && resumed === undefined ? turnPrompt({ ...request, resume: false }) : prompt;
    const parts = [...(resumed === undefined ? [{ type: 'text', text: briefing(request) } as const] : []), { type: 'text', text } as const];
    history.add({ role: 'user', parts });
    if (resumed === undefined || earlier?.session === undefined) return { history, session: randomUUID() };
    record.setSession(earlier.session);
    return { history, session: earlier.session };
  }

  private toolBox(request: AgentRequest, turn: Turn, editors: WindowLink): ToolBox {
    const { env, queue } = this.ports;
    const commands = { env: commandEnvironment(env, []), table: systemProcessTable(), platform: process.platform };
    return new ToolBox(workspaceTools({ workspace: request.workspace, cwd: request.cwd, context: request.context, files: windowFiles(editors), commands, queue }), turn);
  }
}

/** One answer of the model. When the window goes away in the midst of it, the question is asked anew. */
function ask({ request, conversation, record, signal }: Turn, models: WindowLink, box: ToolBox, history: ChatHistory): Promise<Answer> {
  const model = request.model ?? request.settings.vscode.model;
  return models.use(async (client) => {
    const parts: ChatPart[] = [];
    const onPart = (part: ChatPart): void => {
      parts.push(part);
      if (part.type === 'text') conversation.say(part.text);
    };
    const end = await client.chat({ model, messages: history.all, tools: box.faces }, onPart, signal);
    record.setModel(end.model);
    return { parts, end };
  });
}

/** Text that came in pieces is one. */
function joined(parts: readonly ChatPart[]): ChatPart[] {
  const whole: ChatPart[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (part.type === 'text' && last?.type === 'text') whole[whole.length - 1] = { type: 'text', text: last.text + part.text };
    else whole.push(part);
  }
  return whole;
}
