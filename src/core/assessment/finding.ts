/** A place in a text as editors count: line and character from 0, characters in UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** From a place up to, and without, another. */
export interface Span {
  readonly from: Place;
  readonly to: Place;
}

export interface Edit {
  readonly span: Span;
  readonly text: string;
}

export interface Fix {
  readonly title: string;
  /** All of them or none; they do not overlap. */
  readonly edits: readonly Edit[];
  /** Whether the script does the same afterwards, as far as the rule knows; the built-in build does not say. */
  readonly safety: 'safe' | 'unsafe' | 'unknown';
}

/** What a finding is about: what breaks, what is likely wrong, what costs time, what is hard to follow, what is untidy. */
export const FINDING_KINDS = ['error', 'warning', 'performance', 'complexity', 'style'] as const;

export type FindingKind = (typeof FINDING_KINDS)[number];

export interface Finding {
  /** Such as `F401`; `invalid-syntax` for what cannot be parsed. */
  readonly code: string;
  readonly kind: FindingKind;
  readonly message: string;
  readonly span: Span;
  readonly fix?: Fix;
  /** The line at whose end a `# noqa` comment silences it; none for what cannot be silenced. */
  readonly noqaLine?: number;
}

/** Code of what cannot be parsed. */
export const SYNTAX = 'invalid-syntax';

export function compareFindings(a: Finding, b: Finding): number {
  return comparePlaces(a.span.from, b.span.from) || comparePlaces(a.span.to, b.span.to) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}

function comparePlaces(a: Place, b: Place): number {
  return a.line - b.line || a.character - b.character;
}
