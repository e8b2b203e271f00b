import type { MachinePoint, TimeSpan } from '../../core/model/machine/machine-point.ts';
import type { MachineSample } from '../../core/model/machine/machine-sample.ts';
import type { Recommendation } from '../../core/model/recommendation.ts';
import type { RunBar } from '../../core/model/run-bar.ts';
import type { ScriptStats } from '../../core/model/script-stats.ts';
import type { ShadowReport } from '../../core/model/machine/shadow-report.ts';
import type { Decision, Measure, StrategyView, Threshold } from '../../core/model/machine/strategy.ts';

/** Spans that can be chosen, in milliseconds. */
export const SPANS = { '10 min': 600_000, '1 h': 3_600_000, '24 h': 86_400_000, '7 d': 604_800_000, '90 d': 7_776_000_000 } as const;

export type SpanName = keyof typeof SPANS;

export const SPAN_NAMES = Object.keys(SPANS) as readonly SpanName[];

/** What a page looks at: the latest while of some length, and the part of it that is zoomed into. */
export interface Look {
  readonly span: SpanName;
  readonly zoom: TimeSpan | undefined;
}

/** The machine over a span. */
export interface Curve extends TimeSpan {
  readonly points: readonly MachinePoint[];
}

export interface QueueView {
  readonly running: number;
  readonly waiting: number;
  readonly paused: boolean;
  /** Without a folder the window has no tasks. */
  readonly hasFolder: boolean;
}

/** A recommendation, and whether a person has followed it. */
export interface Advice extends Recommendation {
  readonly isApplied: boolean;
}

/** All that a page shows, in parts that change at a pace of their own. */
export interface Shown {
  readonly machine: MachineSample;
  readonly strategy: StrategyView;
  readonly shadow: ShadowReport;
  readonly queue: QueueView;
  readonly thresholds: Readonly<Record<Measure, Threshold>>;
  readonly history: Curve;
  /** The latest seconds, behind which the history lies; of a short span only. */
  readonly tail: Curve;
  /** The span that is zoomed into, as fine as it is kept; its points are empty while nothing is. */
  readonly detail: Curve;
  readonly runs: readonly RunBar[];
  readonly scripts: readonly ScriptStats[];
  readonly advice: readonly Advice[];
  readonly decisions: readonly Decision[];
  /** What could not be read, and why; empty when all could. */
  readonly trouble: string;
}

export type PartName = keyof Shown;
