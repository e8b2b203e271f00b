/** As wide as a digit, and never collapsed or trimmed. */
export const FIGURE_SPACE = '\u2007';

/** What an item of the status bar says. */
export interface StatusText {
  readonly text: string;
  readonly accessibility: string;
  /** Markdown. */
  readonly tooltip: string;
}
