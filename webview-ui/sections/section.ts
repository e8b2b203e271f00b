import type { PartName, Shown } from '../../src/views/dashboard/shown.ts';

/** A part of the page that shows some of what the host sends. */
export interface Section {
  readonly element: HTMLElement;
  /** Called when any of its parts has come. */
  readonly update: (shown: Partial<Shown>) => void;
  readonly parts: readonly PartName[];
}
