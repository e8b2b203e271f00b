import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { AgentEvidence } from '../../core/model/agents/agent-evidence.ts';
import type { AgentRequest } from '../../core/model/agents/agent-request.ts';
import { systemProcessTable } from '../../core/process/system-process-table.ts';
import type { AgentDriver, Turn } from '../agent-driver.ts';
import { briefing, turnLimit } from '../tools/briefing.ts';
import { commandEnvironment } from '../tools/command-environment.ts';
import type { TaskQueue } from '../tools/task-queue.ts';
import type { TextFiles } from '../tools/text-files.ts';
import { ToolBox } from '../tools/tool-box.ts';
import { workspaceTools } from '../tools/workspace-tools.ts';
import { sessionToResume, turnPrompt } from '../turn-prompt.ts';
import { PythonRunner } from './python-runner.ts';
import type { RunnerMessage, RunnerOrder } from './runner-message.ts';

type StartOrder = Extract<RunnerOrder, { type: 'start' }>;

interface Ports {
  /** The run's folder. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly files: TextFiles;
  readonly queue: TaskQueue | undefined;
}

/** The conversation, as AutoGen keeps it, in a run's folder. */
const STATE_FILE = 'autogen-state.json';

/** AutoGen through a Python program of ours, whose tools are the ones of this process. */
export class AutogenDriver implements AgentDriver {
  private readonly ports: Ports;

  constructor(ports: Ports) {
    this.ports = ports;
  }

  async run(turn: Turn): Promise<AgentEvidence> {
    const { request, signal } = turn;
    const { env } = this.ports;
    const { autogen } = request.settings;
    // Settings and variables that are empty are not set.
    const model = [request.model, autogen.model, env.OPENAI_MODEL].find(isSet);
    if (model === undefined) return { type: 'failed', message: 'no model is chosen for AutoGen; set `parallelWorkflow.agents.autogen.model`, or name one in the prompt' };
    const python = [request.program, autogen.python].find(isSet) ?? (process.platform === 'win32' ? 'python' : 'python3');
    const runner = new PythonRunner(python, request.cwd, env);
    const stop = (): void => void runner.end();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      const box = this.toolBox(request, turn);
      const earlier = earlierState(request);
      runner.tell({ type: 'start', model, ...this.assignment(request), ...startOf(turn, earlier), tools: box.faces });
      return (await this.converse(runner, box, turn, earlier?.session ?? randomUUID())) ?? (await silentEnd(runner, python));
    } finally {
      signal.removeEventListener('abort', stop);
      await runner.end();
    }
  }

  /** Undefined when it ended without saying how. */
  private async converse(runner: PythonRunner, box: ToolBox, turn: Turn, session: string): Promise<AgentEvidence | undefined> {
    for await (const message of runner.messages()) {
      if (message.type === 'end') {
        if (message.answer !== undefined) turn.record.setAnswer(message.answer);
        return message.evidence;
      }
      if (message.type === 'tool_call') void answer(runner, box, message);
      else note(message, turn, session);
    }
    return undefined;
  }

  private assignment(request: AgentRequest): Pick<StartOrder, 'system' | 'base_url' | 'key_variable' | 'max_turns' | 'state_file'> {
    const { autogen } = request.settings;
    const baseUrl = [autogen.baseUrl, this.ports.env.OPENAI_BASE_URL].find(isSet);
    return {
      system: briefing(request),
      ...(baseUrl !== undefined && { base_url: baseUrl }),
      key_variable: autogen.keyVariable,
      max_turns: turnLimit(request),
      state_file: path.join(this.ports.folder, STATE_FILE),
    };
  }

  private toolBox(request: AgentRequest, turn: Turn): ToolBox {
    const { env, files, queue } = this.ports;
    const commands = { env: commandEnvironment(env, [request.settings.autogen.keyVariable]), table: systemProcessTable(), platform: process.platform };
    return new ToolBox(workspaceTools({ workspace: request.workspace, cwd: request.cwd, context: request.context, files, commands, queue }), turn);
  }
}

interface EarlierState {
  readonly session: string;
  readonly file: string;
}

/** The conversation to go on with, where it is still there. */
function earlierState(request: AgentRequest): EarlierState | undefined {
  const run = sessionToResume(request);
  if (run?.session === undefined) return undefined;
  const file = path.join(run.folder, STATE_FILE);
  return fs.existsSync(file) ? { session: run.session, file } : undefined;
}

function startOf({ request, prompt }: Turn, earlier: EarlierState | undefined): Pick<StartOrder, 'prompt' | 'earlier_state'> {
  if (earlier !== undefined) return { prompt, earlier_state: earlier.file };
  // What was said before has to be told again to a conversation that begins anew.
  return { prompt: sessionToResume(request) === undefined ? prompt : turnPrompt({ ...request, resume: false }) };
}

async function answer(runner: PythonRunner, box: ToolBox, { id, name, input }: Extract<RunnerMessage, { type: 'tool_call' }>): Promise<void> {
  const { text, isError = false } = await box.call({ name, input });
  runner.tell({ type: 'tool_result', id, text, is_error: isError });
}

function note(message: Exclude<RunnerMessage, { type: 'end' | 'tool_call' }>, { conversation, record }: Turn, session: string): void {
  switch (message.type) {
    case 'ready':
      conversation.note(`${message.flavour} ${message.version}, model ${message.model}`);
      record.setModel(message.model);
      return;
    case 'text':
      conversation.say(message.text);
      return;
    case 'turn':
      record.setUsage({ turns: message.turns, inputTokens: message.input_tokens, outputTokens: message.output_tokens });
      return;
    case 'session':
      record.setSession(session);
      return;
    case 'event':
      record.event(message.event);
      return;
  }
}

function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

async function silentEnd(runner: PythonRunner, python: string): Promise<AgentEvidence> {
  const { isMissing, how } = await runner.ended();
  return isMissing ? { type: 'notInstalled', program: python } : { type: 'crashed', message: `the Python program of AutoGen ended early: ${how}` };
}
