import { carefulValue } from './careful-value.ts';
import type { Wrong } from './config-issues.ts';
import { putAt, unitOf, valueAt } from './config-unit.ts';
import type { JsonPath } from './json-places.ts';
import { isPlain } from './translate.ts';

export type Config = Readonly<Record<string, unknown>>;

/** What is in force where something wrong is written: what the file said before, what allows the least, or what would hold if it were not written. */
export type Instead = { readonly type: 'before' | 'careful'; readonly value: unknown } | { readonly type: 'nothing' };

export interface Mend {
  readonly instead: Instead;
  /** Of a wrong name: fields beside it that it may be meant for, and what stands in for them. */
  readonly beside: readonly (readonly [string, Instead])[];
}

const NOTHING: Instead = { type: 'nothing' };
/** Fields that make no setting. */
const NO_SETTINGS: readonly string[] = ['$schema', 'version'];

/** What of a configuration has fallen back, and to what. */
export class FallenBack {
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

  /** What cannot stay goes one step back, however much is wrong with it. */
  fall(wrong: readonly Wrong[]): void {
    const units = wrong.map((each) => this.toFall(each));
    for (const unit of new Map(units.map((each) => [keyOf(each), each])).values()) this.stepBack(unit);
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

  /** What was said, then: careful values are nobody's word. */
  withoutCareful(config: Config): Config {
    const said = structuredClone(config) as Record<string, unknown>;
    for (const [key, { type }] of this.to) if (type === 'careful') putAt(said, key.split('\0'), undefined);
    return said;
  }

  /** Of what is wrong, the part that has to fall back: of two that contradict each other a stand-in, else both to what was there before, else the one. */
  private toFall({ path, against }: Wrong): JsonPath {
    const unit = unitOf(path);
    if (against === undefined || this.has(unit)) return unit;
    if (this.has(against.path)) return against.path;
    return valueAt(this.before, against.within) === undefined || this.has(against.within) ? unit : against.within;
  }

  /** To what was there before, to what is careful, to nothing, and then with all around it. */
  private stepBack(unit: JsonPath): void {
    const was = this.to.get(keyOf(unit));
    if (was?.type === 'nothing') {
      if (unit.length === 1) throw new Error(`\`${String(unit[0])}\` is wrong even when it is not there`);
      this.stepBack(unit.slice(0, -1));
      return;
    }
    const before = was === undefined ? valueAt(this.before, unit) : undefined;
    const careful = was?.type === 'careful' ? undefined : carefulValue(unit, valueAt(this.config, unit));
    this.put(unit, before !== undefined ? { type: 'before', value: before } : careful !== undefined ? { type: 'careful', value: careful } : NOTHING);
  }

  private put(unit: JsonPath, instead: Instead): void {
    putAt(this.config, unit, instead.type === 'nothing' ? undefined : structuredClone(instead.value));
    this.to.set(keyOf(unit), instead);
  }
}

function keyOf(path: JsonPath): string {
  return path.map(String).join('\0');
}
