import { SYNTAX } from './finding.ts';

/** A place as ruff counts: rows and columns from 1, columns in Unicode code points. */
export interface RuffPlace {
  readonly row: number;
  readonly column: number;
}

/** What ruff says of a text, the same from its program and its WASM build. */
export interface RuffDiagnostic {
  readonly code: string;
  readonly message: string;
  readonly start: RuffPlace;
  readonly end: RuffPlace;
  readonly fix: RuffFix | undefined;
}

export interface RuffFix {
  readonly title: string | undefined;
  /** `undefined` where it is not said. */
  readonly applicability: string | undefined;
  readonly edits: readonly { readonly start: RuffPlace; readonly end: RuffPlace; readonly content: string }[];
}

/**
 * Diagnostics by file, from what `ruff check --output-format json` writes.
 * @throws Error when it is something else.
 */
export function readRuffJson(text: string): Map<string, RuffDiagnostic[]> {
  const byFile = new Map<string, RuffDiagnostic[]>();
  for (const item of list(JSON.parse(text), 'its output')) {
    const { filename, location } = record(item, 'a diagnostic');
    if (typeof filename !== 'string') throw unexpected('`filename`', filename);
    const diagnostic = readDiagnostic(item, location);
    const known = byFile.get(filename);
    if (known === undefined) byFile.set(filename, [diagnostic]);
    else known.push(diagnostic);
  }
  return byFile;
}

/** Diagnostics from what the WASM build's `check` returns. */
export function readWasmResult(value: unknown): RuffDiagnostic[] {
  return list(value, 'its result').map((item) => readDiagnostic(item, record(item, 'a diagnostic').start_location));
}

function readDiagnostic(item: unknown, start: unknown): RuffDiagnostic {
  const { code, message, end_location: end, fix } = record(item, 'a diagnostic');
  if (typeof message !== 'string') throw unexpected('`message`', message);
  return {
    // Older versions have no code for what they cannot parse.
    code: typeof code === 'string' && code !== 'syntax-error' ? code : SYNTAX,
    message: message.replace(/^SyntaxError: /, ''),
    start: place(start),
    end: place(end),
    fix: fix === null || fix === undefined ? undefined : readFix(record(fix, '`fix`')),
  };
}

function readFix({ message, applicability, edits }: Record<string, unknown>): RuffFix {
  return {
    title: typeof message === 'string' ? message : undefined,
    applicability: typeof applicability === 'string' ? applicability : undefined,
    edits: list(edits, '`edits`').map((edit) => {
      const { content, location, end_location: end } = record(edit, 'an edit');
      return { start: place(location), end: place(end), content: typeof content === 'string' ? content : '' };
    }),
  };
}

function place(value: unknown): RuffPlace {
  const { row, column } = record(value, 'a location');
  if (typeof row !== 'number' || typeof column !== 'number') throw unexpected('a location', value);
  return { row, column };
}

function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw unexpected(what, value);
  return value;
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw unexpected(what, value);
  return value as Record<string, unknown>;
}

function unexpected(what: string, value: unknown): Error {
  return new Error(`Expected ${what} of ruff to have another form, got \`${JSON.stringify(value)?.slice(0, 80)}\``);
}
