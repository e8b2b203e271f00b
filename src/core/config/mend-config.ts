import { carefulValue } from './careful-value.ts';
import { configIssues, type Wrong } from './config-issues.ts';
import type { ConfigFile } from './config-files.ts';
import { putAt, unitOf, valueAt } from './config-unit.ts';
import type { JsonPath } from './json-places.ts';
import { RAW_CONFIG } from './raw-config.ts';
import { thresholdProblems } from './threshold-problems.ts';
import { isPlain } from './translate.ts';

export type Config = Readonly<Record<string, unknown>>;

/** What is in force where something wrong is written: what the file said before, what allows the least, or what would hold if it were not written. */
export type Instead = { readonly type: 'before' | 'careful'; readonly value: unknown } | { readonly type: 'nothing' };

export interface Mend {
  readonly instead: Instead;
  /** Of a wrong name: fields beside it that it may be meant for, and what stands in for them. */
  readonly beside: readonly (readonly [string, Instead])[];
}

export interface MendedConfig {
  /** Of what is written all that is right, and what stands in for the rest. */
  readonly config: Config;
  /** The same without careful values, which nobody wrote: what falls back `before` falls back to. */
  readonly said: Config;
  readonly wrong: readonly (Wrong & Mend)[];
}

const NOTHING: Instead = { type: 'nothing' };
/** Fields that make no setting. */
const NO_SETTINGS: readonly string[] = ['$schema', 'version'];

/**
 * Keeps what is right of a configuration of today's shape. What is wrong falls back by itself: to what the file said `before`, else to a
 * careful value, else to nothing; what contradicts something goes back to `before` together with it. `undefined` when it is none at all,
 * or of a version whose fields may mean anything. Pure.
 */
export function mendConfig(file: ConfigFile, written: unknown, before: Config | undefined): MendedConfig | { readonly config: undefined; readonly wrong: readonly Wrong[] } {
  const schema = RAW_CONFIG[file];
  const fields = Object.keys(schema.def.shape);
  const issuesOf = (value: unknown): readonly Wrong[] => {
    const parsed = schema.safeParse(value);
    return parsed.success ? thresholdProblems(parsed.data) : configIssues(parsed.error.issues, value, fields);
  };
  const first = issuesOf(written);
  if (!isPlain(written) || first.some(({ path }) => path[0] === 'version')) return { config: undefined, wrong: first };
  const config = structuredClone(written);
  const fallen = new FallenBack(config, before ?? {});
  const told: Wrong[] = [];
  for (let wrong = first; wrong.length > 0; wrong = issuesOf(config)) {
    // What only a stand-in brought about is nobody's mistake.
    told.push(...wrong.filter(({ path, against }) => !fallen.has(unitOf(path)) && (against === undefined || !fallen.has(against.path))));
    for (const { path, isName, meant } of wrong) if (isName) fallen.leaveOut(path, meant);
    const units = wrong.filter(({ isName }) => !isName).map((each) => fallen.toFall(each));
    for (const unit of new Map(units.map((each) => [keyOf(each), each])).values()) fallen.fall(unit);
  }
  const parsed = schema.safeParse(config);
  if (!parsed.success) throw new Error(`A mended ${file} configuration is wrong: ${parsed.error.message}`);
  return { config: parsed.data, said: fallen.withoutCareful(parsed.data), wrong: told.map((each) => ({ ...each, ...fallen.mendOf(each) })) };
}

/** What of a configuration has fallen back, and to what. */
class FallenBack {
  private readonly config: Record<string, unknown>;
  private readonly before: Config;
  private readonly to = new Map<string, Instead>();
  private readonly beside = new Map<string, Mend['beside']>();
  private readonly restored = new Set<string>();

  constructor(config: Record<string, unknown>, before: Config) {
    this.config = config;
    this.before = before;
  }

  has(unit: JsonPath): boolean {
    return this.to.has(keyOf(unit));
  }

  mendOf({ path, isName, against }: Wrong): Mend {
    const unit = isName ? path : unitOf(path);
    return { instead: this.to.get(keyOf(unit)) ?? this.to.get(keyOf(against?.within ?? [])) ?? NOTHING, beside: this.beside.get(keyOf(path)) ?? [] };
  }

  /** Of what is wrong, the part that has to fall back: of two that contradict each other a stand-in, else both to what was there before, else the one. */
  toFall({ path, against }: Wrong): JsonPath {
    const unit = unitOf(path);
    if (against === undefined || this.has(unit)) return unit;
    if (this.has(against.path)) return against.path;
    return valueAt(this.before, against.within) === undefined || this.has(against.within) ? unit : against.within;
  }

  /** One step back: to what was there before, to what is careful, to nothing, and then with all around it. */
  fall(unit: JsonPath): void {
    const was = this.to.get(keyOf(unit));
    if (was?.type === 'nothing') {
      if (unit.length === 1) throw new Error(`\`${String(unit[0])}\` is wrong even when it is not there`);
      this.fall(unit.slice(0, -1));
      return;
    }
    const before = was === undefined ? valueAt(this.before, unit) : undefined;
    const careful = was?.type === 'careful' ? undefined : carefulValue(unit, valueAt(this.config, unit));
    this.put(unit, before !== undefined ? { type: 'before', value: before } : careful !== undefined ? { type: 'careful', value: careful } : NOTHING);
  }

  /** A name that cannot be there may be meant for any that is not: what was said under those before stays. */
  leaveOut(path: JsonPath, meant: JsonPath | undefined): void {
    const wrong = valueAt(this.config, path);
    this.put(path, NOTHING);
    const around = path.slice(0, -1);
    // Once is enough for all names of an object.
    const before = this.restored.has(keyOf(around)) ? undefined : valueAt(this.before, around);
    this.restored.add(keyOf(around));
    const beside: (readonly [string, Instead])[] = [];
    const stand = (field: JsonPath, instead: Instead): void => {
      this.put(field, instead);
      beside.push([String(field.at(-1)), instead]);
    };
    for (const [name, value] of isPlain(before) ? Object.entries(before) : []) {
      if (!NO_SETTINGS.includes(name) && valueAt(this.config, [...around, name]) === undefined) stand([...around, name], { type: 'before', value });
    }
    const careful = meant === undefined || valueAt(this.config, meant) !== undefined ? undefined : carefulValue(meant, wrong);
    if (careful !== undefined) stand(meant!, { type: 'careful', value: careful });
    this.beside.set(keyOf(path), beside);
  }

  withoutCareful(config: Config): Config {
    const said = structuredClone(config) as Record<string, unknown>;
    for (const [key, { type }] of this.to) if (type === 'careful') putAt(said, key.split('\0'), undefined);
    return said;
  }

  private put(unit: JsonPath, instead: Instead): void {
    putAt(this.config, unit, instead.type === 'nothing' ? undefined : structuredClone(instead.value));
    this.to.set(keyOf(unit), instead);
  }
}

function keyOf(path: JsonPath): string {
  return path.map(String).join('\0');
}
