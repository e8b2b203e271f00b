import { messageOf, UserError } from '../../core/base/user-error.ts';
import type { AgentRefusal } from '../../core/model/agents/agent-evidence.ts';
import type { Turn } from '../agent-driver.ts';
import type { PreparedCall, Tool, ToolAnswer, ToolFace } from './tool.ts';

/** A model's wish. */
export interface ToolWish {
  readonly name: string;
  readonly input: unknown;
}

/**
 * The tools of one run. Calls are carried out one after another, also those that a model asks for at once, so that an
 * agent never waits for a file that it holds itself. What goes wrong is told to the agent, never thrown.
 */
export class ToolBox {
  private readonly tools: readonly Tool[];
  private readonly turn: Pick<Turn, 'conversation' | 'record' | 'files' | 'signal'>;
  private last: Promise<unknown> = Promise.resolve();
  private calls = 0;

  constructor(tools: readonly Tool[], turn: Pick<Turn, 'conversation' | 'record' | 'files' | 'signal'>) {
    this.tools = tools;
    this.turn = turn;
  }

  get faces(): readonly ToolFace[] {
    return this.tools.map(({ name, description, parameters }) => ({ name, description, parameters }));
  }

  call(wish: ToolWish): Promise<ToolAnswer> {
    const answer = this.last.then(() => this.carryOut(wish));
    this.last = answer;
    return answer;
  }

  private async carryOut({ name, input }: ToolWish): Promise<ToolAnswer> {
    const { conversation, signal } = this.turn;
    if (signal.aborted) return { text: 'The run is being ended; nothing more is done.', isError: true };
    let title = name;
    try {
      const found = this.tools.find((candidate) => candidate.name === name);
      if (found === undefined) throw new UserError(`There is no tool \`${name}\`;`, `there are ${this.tools.map((candidate) => `\`${candidate.name}\``).join(', ')}.`);
      title = found.title;
      const call = found.prepare(input);
      conversation.call(title, call.about);
      const { answer, diff } = await this.guarded(title, call);
      if (answer.refusal !== undefined) this.tellRefusal(answer.refusal);
      else conversation.result([answer.shown ?? answer.text, diff].filter((text) => text !== '').join('\n'), answer.isError === true);
      return answer;
    } catch (error) {
      const text = messageOf(error);
      conversation.result(`${title}: ${text}`, true);
      return { text, isError: true };
    }
  }

  /** Holds what is to be written from before to after the call. */
  private async guarded(tool: string, call: PreparedCall): Promise<{ readonly answer: ToolAnswer; readonly diff: string }> {
    const { files, signal } = this.turn;
    if (call.writes === undefined) return { answer: await call.run(signal), diff: '' };
    const id = `tool-${++this.calls}`;
    const leave = await files.before({ id, tool, ...call.writes });
    if (!leave.granted) return { answer: refusedAnswer(leave.refusal), diff: '' };
    let answer: ToolAnswer;
    try {
      answer = await call.run(signal);
    } catch (error) {
      answer = { text: messageOf(error), isError: true };
    }
    return { answer, diff: await files.after(id) };
  }

  private tellRefusal(refusal: AgentRefusal): void {
    this.turn.conversation.refuse(refusal);
    this.turn.record.refused(refusal);
  }
}

/** The agent is told who has the file and until when, so that it does something else and comes back. */
export function refusedAnswer(refusal: AgentRefusal): ToolAnswer {
  return { text: `Refused: ${refusal.why}`, isError: true, refusal };
}
