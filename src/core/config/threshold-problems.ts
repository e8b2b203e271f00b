import { DEFAULT_MACHINE_SETTINGS } from '../model/machine/machine-settings.ts';
import type { Measure, Threshold } from '../model/machine/strategy.ts';
import type { Wrong } from './config-issues.ts';

type Written = Partial<Record<keyof Threshold, number>>;

/** What the levels of a threshold, percent, say against each other. */
export function thresholdProblems(config: unknown): readonly Wrong[] {
  const { thresholds = {} } = config as { readonly thresholds?: Partial<Record<Measure, Written>> };
  return Object.entries(thresholds).flatMap(([measure, { enter, critical, release }]) => {
    const usual = DEFAULT_MACHINE_SETTINGS.thresholds[measure as Measure];
    const at = (level: keyof Threshold, message: string): Wrong[] => {
      const path = ['thresholds', measure, level];
      return [{ path, message: `\`${path.join('.')}\`: ${message}`, isName: false, pairedWith: ['thresholds', measure, 'enter'] }];
    };
    const entered = enter ?? usual.enter * 100;
    if (release !== undefined && release >= entered) return at('release', `expected a level below \`enter\`, ${entered} %, got ${release}`);
    if (critical !== undefined && enter !== undefined && critical < enter) return at('critical', `expected at least \`enter\`, ${enter} %, got ${critical}`);
    return [];
  });
}
