import type { PromptOptions } from './prompt-options.ts';

/** What is known of a prompt before its words are. */
export interface PromptPlan {
  readonly title: string;
  /** The workspace folder that the agent works in. */
  readonly root: string;
  /** Fields of its spec that nobody is asked for. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly options: PromptOptions;
}
