import type { Replaced } from '../tools/text-files.ts';
import type { ToolFace } from '../tools/tool.ts';
import type { ChatEnd, ChatMessage, ChatPart } from './bridge-message.ts';

/** What a model is asked. */
export interface ChatQuestion {
  /** Id or family; the first one when undefined. */
  readonly model: string | undefined;
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly ToolFace[];
}

/** What a window of VS Code does for the runners of prompts. */
export interface WindowService {
  /** Rejects with `ModelFailure`, and with anything when it is aborted. */
  chat(question: ChatQuestion, onPart: (part: ChatPart) => void, signal: AbortSignal): Promise<ChatEnd>;
  /** The text of an editor with unsaved changes. */
  unsaved(file: string): Promise<string | undefined>;
  /** Done twice, it is done once. */
  replace(file: string, before: string | undefined, after: string): Promise<Replaced>;
}
