import type { RuffDiagnostic } from './ruff-diagnostic.ts';

/** A text to be looked at, as it was read from its file. */
export interface Source {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

export interface RunnerIdentity {
  readonly kind: 'program' | 'built-in';
  /** Of ruff. */
  readonly version: string;
  /** The command, of a program. */
  readonly program?: string;
}

/** What ruff said of a file, or why it said nothing. */
export type RuffAnswer = { readonly type: 'checked'; readonly diagnostics: readonly RuffDiagnostic[] } | { readonly type: 'failed'; readonly why: string };

/** Something that looks at texts by the rules of ruff. */
export interface RuffRunner {
  readonly identity: RunnerIdentity;
  /** Whether it reads the files itself, so that it may see another text than was handed to it. */
  readonly readsFiles: boolean;
  /**
   * An answer for each source, by its path.
   * @throws Error when it gave none at all.
   */
  check(sources: readonly Source[], signal?: AbortSignal): Promise<ReadonlyMap<string, RuffAnswer>>;
  close(): Promise<void>;
}
