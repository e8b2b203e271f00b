import { DEFAULT_MACHINE_SETTINGS, type MachineSettings } from '../model/machine/machine-settings.ts';
import type { Measure, Threshold } from '../model/machine/strategy.ts';
import { ENGINE_SETTINGS } from './setting-keys.ts';
import type { SettingReader } from './setting-reader.ts';

const SAFE = DEFAULT_MACHINE_SETTINGS;
const LEVELS = ['enter', 'critical', 'release'] as const;
/** Percent; what is never reached is above a hundred. */
const MOST = 101;
/** How much longer a measure must be low again before the strategy is eased than it must be high before it is tightened. */
const EASING = SAFE.releaseMs / SAFE.dwellMs;

/** How the machine is watched and what is done about it. */
export function readMachineSettings(reader: SettingReader): MachineSettings {
  const dwellMs = reader.number(ENGINE_SETTINGS.machineDwellSeconds, SAFE.dwellMs / 1000, { min: 0, max: 1200 }) * 1000;
  return {
    periodMs: reader.number(ENGINE_SETTINGS.machineSamplePeriod, SAFE.periodMs / 1000, { min: 0.5, max: 60 }) * 1000,
    thresholds: readThresholds(reader),
    dwellMs,
    releaseMs: dwellMs * EASING,
    adaptive: reader.boolean(ENGINE_SETTINGS.machineAdaptive, SAFE.adaptive),
    ceiling: reader.number(ENGINE_SETTINGS.machineAdaptiveCeiling, SAFE.ceiling, { min: 1, max: 16 }),
    whenCritical: reader.choice(ENGINE_SETTINGS.machineWhenCritical, ['wait', 'suspend', 'kill'], SAFE.whenCritical),
    yieldFrom: reader.numberOrNull(ENGINE_SETTINGS.machineYieldFromPriority, SAFE.yieldFrom),
    shadow: reader.boolean(ENGINE_SETTINGS.machineShadow, SAFE.shadow),
  };
}

function readThresholds(reader: SettingReader): MachineSettings['thresholds'] {
  const thresholds: Record<Measure, Threshold> = { ...SAFE.thresholds };
  for (const [measure, value] of reader.entries(ENGINE_SETTINGS.machineThresholds)) {
    const place = `${ENGINE_SETTINGS.machineThresholds}.${measure}`;
    if (!isMeasure(measure)) reader.report(place, value, `one of ${Object.keys(thresholds).map((known) => `\`${known}\``).join(', ')}`, 'it is ignored');
    else thresholds[measure] = readThreshold(reader, place, value, SAFE.thresholds[measure]);
  }
  return thresholds;
}

function readThreshold(reader: SettingReader, place: string, value: unknown, safe: Threshold): Threshold {
  const refuse = (at: string, found: unknown, expected: string): Threshold => {
    reader.report(at, found, expected, `\`${JSON.stringify(inPercent(safe))}\` is used`);
    return safe;
  };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(place, value, 'an object such as `{ "enter": 85 }`');
  const given = value as Readonly<Record<string, unknown>>;
  const levels: Partial<Record<keyof Threshold, number>> = {};
  for (const [level, found] of Object.entries(given)) {
    if (!isLevel(level)) return refuse(`${place}.${level}`, found, 'left out; a threshold has `enter`, `critical` and `release`');
    if (typeof found !== 'number' || !(found >= 0 && found <= MOST)) return refuse(`${place}.${level}`, found, `a number of percent from 0 to ${MOST}`);
    levels[level] = found / 100;
  }
  // What is not set keeps its distance from what is.
  const { enter = Math.min(safe.enter, levels.critical ?? safe.enter) } = levels;
  const { critical = Math.max(safe.critical, enter), release = Math.max(0, Math.min(safe.release, enter - (safe.enter - safe.release))) } = levels;
  // Of levels that contradict each other, as those of a person and of a project may, the one that spares the machine earlier holds.
  const settle = (at: 'critical' | 'release', expected: string): Threshold => {
    const first = Math.min(enter, critical);
    const settled = { enter: first, critical, release: Math.max(0, Math.min(release, first - (safe.enter - safe.release))) };
    reader.report(`${place}.${at}`, given[at], expected, `\`${JSON.stringify(inPercent(settled))}\` is used`);
    return settled;
  };
  if (enter === 0) return refuse(`${place}.${levels.enter === 0 ? 'enter' : 'critical'}`, 0, 'more than 0');
  if (enter > critical) return settle('critical', `at least \`enter\`, ${percent(enter)}`);
  if (release >= enter) return settle('release', `below \`enter\`, ${percent(enter)}`);
  return { enter, critical, release };
}

function isMeasure(name: string): name is Measure {
  return Object.hasOwn(SAFE.thresholds, name);
}

function isLevel(name: string): name is keyof Threshold {
  return (LEVELS as readonly string[]).includes(name);
}

function percent(share: number): number {
  return Number((share * 100).toFixed(6));
}

function inPercent({ enter, critical, release }: Threshold): Threshold {
  return { enter: percent(enter), critical: percent(critical), release: percent(release) };
}
