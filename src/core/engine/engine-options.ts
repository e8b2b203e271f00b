import type { EngineKind } from './engine-port.ts';

/** What an engine is told at its start. Plain data: it crosses to a worker thread. */
export interface EngineOptions {
  /** State folder; see `stateFolder()`. */
  readonly home: string;
  readonly kind: EngineKind;
  /** Workspace roots whose tasks it may start; absolute. With none it starts nothing, but looks after runs whose engine is gone. */
  readonly roots: readonly string[];
  /** At most so many runs in this engine's hands at once, below the limits of the machine. */
  readonly jobs?: number;
  /** False: it shows and takes orders, and starts nothing (Restricted Mode). */
  readonly runsTasks: boolean;
  /** Whether it can offer a real terminal to interactive tasks. */
  readonly hasTerminals: boolean;
  /** `full` syncs the disk at each commit and survives a power cut without losing the last moment; `normal` survives any crash of programs. */
  readonly durability: 'normal' | 'full';
  /** Runs kept for so long, milliseconds, and so many bytes of logs in all. */
  readonly retention: { readonly maxAgeMs: number; readonly maxBytes: number };
  /** Time between asking a run to stop and forcing it, milliseconds. */
  readonly graceMs: number;
  /** Programs by kind, from settings: `python`, `node`, `blender`, `Rscript`, `pwsh`, `bash`. */
  readonly programs: Readonly<Record<string, string>>;
  /** The program that carries out prompts, an absolute path of a JavaScript or TypeScript file; without it prompts cannot run. */
  readonly agentRunner?: string;
  /** The command line's program, as `agentRunner`: scripts queued to the role of script assessment are judged by it instead of run. */
  readonly assessor?: string;
  /** The program that has a window carry out work of an extension's kind, as `agentRunner`; without it such work cannot run. */
  readonly hostedRunner?: string;
  /** Folder of the extension `anthropic.claude-code`, which brings Claude Code along, where the window has it; absolute. */
  readonly claudeExtension?: string;
  /** Folder under the workspace for the outputs of tasks that have an agent. */
  readonly agentOutputs: string;
}

export const DEFAULT_OPTIONS: Omit<EngineOptions, 'home' | 'kind' | 'roots'> = {
  runsTasks: true,
  hasTerminals: false,
  durability: 'normal',
  retention: { maxAgeMs: 30 * 86_400_000, maxBytes: 2e9 },
  graceMs: 5000,
  programs: {},
  agentOutputs: 'agent_outputs',
};
