import type { Figure } from './figure.ts';

/** A group of figures, measured in a process of its own. */
export interface Section {
  readonly name: string;
  readonly title: string;
  /** After so long it is given up, milliseconds. */
  readonly limitMs: number;
  /**
   * @param scratch an empty folder, removed afterwards.
   * @param note takes what a reader should know beside the figures.
   */
  measure(scratch: string, note: (text: string) => void): Promise<readonly Figure[]>;
}

export interface SectionResult {
  readonly name: string;
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
  /** Why there are no figures. */
  readonly failure?: string;
}
