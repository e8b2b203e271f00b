/** What limits that were only written down would have cost and saved over a span; all times in milliseconds. */
export interface ShadowReport {
  /** Limits are only written down now. */
  readonly isOn: boolean;
  /** How long such limits asked for less than was configured, as far as the machine was watched. */
  readonly limitedMs: number;
  /** Runs that began meanwhile and would have waited, and by how much they would have begun later in all, at most. */
  readonly heldBack: number;
  readonly addedWaitMs: number;
  /** How long the machine was over a threshold meanwhile, and for how much of that such runs were at work. */
  readonly overMs: number;
  readonly avoidableMs: number;
}
