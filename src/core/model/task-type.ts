import type { WaitReason } from './wait-reason.ts';

/** The resource class of a task: how many may run at once, and what one is taken to need when nothing better is known. */
export interface TaskType {
  readonly name: string;
  /** How many run at once on this machine. */
  readonly limit: number;
  /** Cores. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  /** Why none may run now, of a class whose limit follows from an agent's state. */
  readonly shut?: Extract<WaitReason, { type: 'agent' }>;
}

const MB = 1e6;

export const BUILT_IN_TYPES: readonly TaskType[] = [
  { name: 'blender_task', limit: 1, cpu: 2, memory: 1000 * MB },
  { name: 'simulation', limit: 2, cpu: 1, memory: 256 * MB },
  { name: 'analysis', limit: 3, cpu: 0.5, memory: 128 * MB },
  { name: 'utility', limit: 5, cpu: 0.25, memory: 32 * MB },
];

/** Those of prompts, named in `model/agent.ts`. Their limits are another matter: none may run until somebody says who can. */
export const PROMPT_CLASSES: readonly TaskType[] = [
  { name: 'prompt', limit: 0, cpu: 0.25, memory: 192 * MB },
  { name: 'claude', limit: 0, cpu: 0.25, memory: 320 * MB },
  { name: 'autogen', limit: 0, cpu: 0.25, memory: 192 * MB },
  { name: 'vscode', limit: 0, cpu: 0.1, memory: 96 * MB },
];

export const DEFAULT_TYPE = 'utility';
