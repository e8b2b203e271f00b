import { nearest } from '../spec/nearest.ts';
import type { ConfigFile } from './config-files.ts';
import { configFields, configValues, settingAt, type ConfigValue } from './config-values.ts';
import { insteadOfFile, withInstead } from './describe-instead.ts';
import type { Config } from './fallen-back.ts';
import { JsonPlaces, type JsonPath, type Place } from './json-places.ts';
import { mendConfig, type MendedConfig } from './mend-config.ts';
import { mendMilestones } from './mend-milestones.ts';
import type { MachineSize } from './older-amounts.ts';
import { olderShapes } from './older-shapes.ts';
import { isPlain, translate } from './translate.ts';

/** Something about a configuration file that its author should know, and where it stands. */
export interface ConfigProblem {
  /** `error`, `warning`: what stands there is not in force; the message says what is instead. `hint`: it is, and could be written better. */
  readonly severity: 'error' | 'warning' | 'hint';
  readonly message: string;
  readonly place: Place;
  /** The setting that it is about, when it is about one. */
  readonly key?: string;
}

/** Nobody reads more, and finding their places takes time. */
const MOST_PROBLEMS = 100;

export interface ParsedConfig {
  /** What the file sets, and what stands in for what is wrong in it; `undefined` when it cannot be read at all. */
  readonly values: readonly (ConfigValue & { readonly place: Place })[] | undefined;
  /** Settings of which the file says something that cannot be told. */
  readonly unclear: readonly string[];
  /** In the order of their lines; a hint at all of it comes last. */
  readonly problems: readonly ConfigProblem[];
  /** What it says, in today's shape: what wrong parts of its next text fall back to. */
  readonly said: Config | undefined;
  /** Its text in today's shape, of a file in an older one that has no mistake. */
  readonly today: Config | undefined;
  /** Where a part of today's shape stands. */
  readonly placeAt: (path: JsonPath) => Place;
}

/** Reads the text of a configuration file, in today's shape or an earlier one. `before` is what it said when it was last read. Pure. */
export function parseConfig(file: ConfigFile, text: string, machine: MachineSize, before?: Config): ParsedConfig {
  const json = new JsonPlaces(text);
  const none = (told: readonly Omit<ConfigProblem, 'severity'>[], placeAt: ParsedConfig['placeAt']): ParsedConfig => {
    const problems = told.slice(0, MOST_PROBLEMS).map(({ message, place }): ConfigProblem => ({ severity: 'error', message: `${message}; ${insteadOfFile(file, before !== undefined)}`, place }));
    return { values: undefined, unclear: configFields(file), problems, said: undefined, today: undefined, placeAt };
  };
  if (json.errors.length > 0) return none(json.errors.map(({ message, place }) => ({ message: `This is no JSON: ${message}`, place })), (path) => json.placeAt(path));
  const { value, isOlder, dropped, refused, origin } = translate(json.value, olderShapes(file, machine));
  const placeAt = (path: JsonPath, ofName = false): Place => json.placeAt(origin(path), ofName);
  const mended = mendConfig(file, value, before);
  if (mended.config === undefined) return none(mended.wrong.map(({ path, message, isName }) => ({ message, place: placeAt(path, isName) })), placeAt);

  const { config, wrong: milestones } = mendMilestones(mended.config, before);
  const errors: readonly ConfigProblem[] = [
    ...mended.wrong.slice(0, MOST_PROBLEMS).map((wrong): ConfigProblem => ({ severity: 'error', message: withInstead(wrong), place: placeAt(wrong.path, wrong.isName), ...keyed(settingAt(file, wrong.path)) })),
    ...refused.slice(0, MOST_PROBLEMS).map((path): ConfigProblem => ({ severity: 'error', message: `\`${path.join('.')}\`: \`__proto__\` cannot be a name; choose another; it is left out`, place: json.placeAt(path, true) })),
  ];
  const told: readonly ConfigProblem[] = [
    ...json.repeated.slice(0, MOST_PROBLEMS).map(({ name, place }): ConfigProblem => ({ severity: 'warning', message: `\`${name}\` is written again below; only the last one is in force`, place })),
    ...dropped.slice(0, MOST_PROBLEMS).map((path): ConfigProblem => ({ severity: 'warning', message: `\`${path.join('.')}\` has no meaning any more and is ignored`, place: json.placeAt(path, true) })),
    ...errors,
    ...milestones.slice(0, MOST_PROBLEMS).map(({ path, message }): ConfigProblem => ({ severity: 'warning', message, place: placeAt(path), ...keyed(settingAt(file, path)) })),
  ];
  const problems: readonly ConfigProblem[] = [
    ...told.toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column),
    ...(isOlder ? [{ severity: 'hint' as const, message: 'Written in an older shape, which is read as well; Update Configuration File brings it up to date and keeps a copy', place: json.placeAt([]) }] : []),
  ];
  return {
    values: configValues(file, config, isZoneUnclear(mended)).map((found) => ({ ...found, place: placeAt(found.path, true) })),
    unclear: unclearIn(file, mended),
    problems,
    said: mendMilestones(mended.said, before).config,
    today: isOlder && errors.length === 0 && isPlain(value) ? value : undefined,
    placeAt,
  };
}

/** A setting that is wrong, and what a name that nobody knows may be meant for: all that is not there. */
function unclearIn(file: ConfigFile, { config, wrong }: MendedConfig): readonly string[] {
  const set = new Set(configValues(file, config).map(({ key }) => key));
  const isAny = wrong.some(({ path, isName }) => isName && path.length === 1);
  const meant = wrong.flatMap(({ path }) => settingAt(file, path) ?? []);
  return configFields(file).filter((key) => !set.has(key) && (isAny || meant.includes(key)));
}

/** In another time zone than the one that was meant a schedule comes due at another time. */
function isZoneUnclear({ config, wrong }: MendedConfig): boolean {
  return config.timeZone === undefined && wrong.some(({ path, isName }) => path.length === 1 && (isName ? nearest(String(path[0]), ['timeZone']) !== undefined : path[0] === 'timeZone'));
}

function keyed(key: string | undefined): { readonly key?: string } {
  return key === undefined ? {} : { key };
}
