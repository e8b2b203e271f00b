import type { Role } from '../model/roles/role.ts';
import type { PromptFile } from './prompt-file.ts';

/** What a spec is read against. */
export interface SpecContext {
  /** Folder that relative paths start from; absolute. */
  readonly base: string;
  /** Folders a task may live in; absolute. Empty means anywhere. */
  readonly roots: readonly string[];
  readonly typeNames: readonly string[];
  /** Roles that a task can be given to. */
  readonly roles: readonly Role[];
  readonly isFile: (path: string) => boolean;
  /** Whether the system itself can execute a file. */
  readonly isExecutable: (path: string) => boolean;
  readonly isFolder: (path: string) => boolean;
  /** The first part of a file, to recognise a Blender script; empty when it cannot be read. */
  readonly readHead: (path: string) => string;
  /** A prompt file that was read before, since that takes a parser that is loaded on use; `undefined` when there is no such file. */
  readonly promptFile: (path: string) => PromptFile | undefined;
}
