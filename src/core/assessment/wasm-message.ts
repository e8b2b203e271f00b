import type { RuffDiagnostic } from './ruff-diagnostic.ts';

export interface WasmRequest {
  readonly text: string;
}

/** `ready` once, then one answer for each request. */
export type WasmReply =
  | { readonly type: 'ready' }
  | { readonly type: 'checked'; readonly diagnostics: readonly RuffDiagnostic[] }
  | { readonly type: 'failed'; readonly why: string };
