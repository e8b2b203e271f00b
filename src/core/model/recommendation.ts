/** Advice from history. */
export interface Recommendation {
  /** The same advice has the same id, so that it can be dismissed. */
  readonly id: string;
  readonly kind: 'raise-limit' | 'lower-limit' | 'correct-estimate' | 'quiet-hours' | 'flaky' | 'slower' | 'memory-limit';
  readonly title: string;
  /** The figures behind it, in words. */
  readonly evidence: string;
  /** The setting that would follow it, where there is one: a key below `parallelWorkflow.` and its new value. */
  readonly change: { readonly key: string; readonly value: unknown; readonly now: unknown } | undefined;
}
