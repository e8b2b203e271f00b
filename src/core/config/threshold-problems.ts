import { DEFAULT_MACHINE_SETTINGS } from '../model/machine/machine-settings.ts';
import type { Measure, Threshold } from '../model/machine/strategy.ts';
import type { Wrong } from './config-issues.ts';

type Written = Partial<Record<keyof Threshold, number>>;

/** What the levels of a threshold, percent, say against each other; told of the one without which the machine is spared earlier. */
export function thresholdProblems(config: unknown): readonly Wrong[] {
  const { thresholds = {} } = config as { readonly thresholds?: Partial<Record<Measure, Written>> };
  return Object.entries(thresholds).flatMap(([measure, { enter, critical, release }]) => {
    const usual = DEFAULT_MACHINE_SETTINGS.thresholds[measure as Measure];
    const within = ['thresholds', measure];
    const at = (level: keyof Threshold, other: keyof Threshold, message: string): Wrong[] => [
      { path: [...within, level], message: `\`${within.join('.')}.${level}\`: ${message}`, isName: false, against: { path: [...within, other], within } },
    ];
    const entered = enter ?? usual.enter * 100;
    if (release !== undefined && release >= entered) return at('release', 'enter', `expected a level below \`enter\`, ${entered} %, got ${release}`);
    if (critical !== undefined && enter !== undefined && critical < enter) return at('enter', 'critical', `expected at most \`critical\`, ${critical} %, got ${enter}`);
    return [];
  });
}
