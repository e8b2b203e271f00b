import fs from 'node:fs';
import path from 'node:path';
import { writeAtomically } from '../write-atomically.ts';
import { chatMessages, type ChatMessage } from './bridge-message.ts';
import * as z from 'zod/mini';

/** The conversation with a model, in a run's folder. */
const STATE_FILE = 'vscode-conversation.json';

/** Of what a model can take in, so much is filled before the oldest results of tools are shortened. */
const FULL = 0.75;
/** The latest messages stay whole. */
const KEPT_WHOLE = 6;
const SHORT = 200;

/** What was said between a prompt and a model so far; kept in the run's folder as it grows. */
export class ChatHistory {
  private readonly file: string;
  private messages: readonly ChatMessage[];

  private constructor(file: string, messages: readonly ChatMessage[]) {
    this.file = file;
    this.messages = messages;
  }

  static begin(folder: string): ChatHistory {
    return new ChatHistory(path.join(folder, STATE_FILE), []);
  }

  /** Goes on with an earlier run's in the folder of this one; `undefined` when it is not there any more. */
  static resume(folder: string, earlier: string): ChatHistory | undefined {
    try {
      const messages = z.parse(chatMessages, JSON.parse(fs.readFileSync(path.join(earlier, STATE_FILE), 'utf8')));
      return new ChatHistory(path.join(folder, STATE_FILE), messages);
    } catch {
      return undefined;
    }
  }

  get all(): readonly ChatMessage[] {
    return this.messages;
  }

  add(...messages: readonly ChatMessage[]): void {
    this.messages = [...this.messages, ...messages];
    writeAtomically(this.file, JSON.stringify(this.messages));
  }

  /** Makes room when the conversation has come near to what the model can take in. True when something was left out. */
  makeRoom(inputTokens: number, maxInputTokens: number): boolean {
    if (maxInputTokens <= 0 || inputTokens < FULL * maxInputTokens) return false;
    const before = this.messages;
    this.messages = before.map((message, index) => (index < before.length - KEPT_WHOLE ? shortened(message) : message));
    return this.messages.some((message, index) => message !== before[index]);
  }
}

function shortened(message: ChatMessage): ChatMessage {
  if (message.role !== 'user' || !message.parts.some((part) => part.type === 'toolResult' && part.text.length > 2 * SHORT)) return message;
  const parts = message.parts.map((part) => (part.type === 'toolResult' && part.text.length > 2 * SHORT ? { ...part, text: `${part.text.slice(0, SHORT)}\n(the rest was left out to make room)` } : part));
  return { ...message, parts };
}
