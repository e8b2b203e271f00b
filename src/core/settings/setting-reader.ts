import { SECTION, type EngineSettingKey } from './setting-keys.ts';

const HIDDEN = '(not shown)';

/** Something about a setting that whoever wrote it should know. */
export interface SettingProblem {
  /** The setting, and the field within it: `types.render.limit`. */
  readonly place: string;
  readonly message: string;
}

/** Reads single settings; what is wrong is reported with the setting's name, and the safe value stands in for it. */
export class SettingReader<K extends string = EngineSettingKey> {
  readonly problems: SettingProblem[] = [];
  private readonly get: (key: K) => unknown;
  private readonly consequence: (safe: unknown) => string;

  /** @param consequence What becomes of a wrong value, in half a sentence. */
  constructor(get: (key: K) => unknown, consequence = (safe: unknown): string => `\`${JSON.stringify(safe ?? null)}\` is used`) {
    this.get = get;
    this.consequence = consequence;
  }

  number(key: K, safe: number, { min, max, integer = false }: { readonly min: number; readonly max: number; readonly integer?: boolean }): number {
    const value = this.get(key);
    if (typeof value === 'number' && value >= min && value <= max && (!integer || Number.isInteger(value))) return value;
    return this.instead(key, value, safe, `${integer ? 'an integer' : 'a number'} from ${min} to ${max}`);
  }

  /** `undefined` for `null`, with which a person switches something off. */
  numberOrNull(key: K, safe: number | undefined, bounds?: { readonly min: number; readonly max: number; readonly integer?: boolean }): number | undefined {
    const value = this.get(key);
    if (value === null) return undefined;
    const { min = -Infinity, max = Infinity, integer = false } = bounds ?? {};
    if (typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max && (!integer || Number.isInteger(value))) return value;
    return this.instead(key, value, safe, bounds === undefined ? 'a number or `null`' : `${integer ? 'an integer' : 'a number'} from ${min} to ${max}, or \`null\``);
  }

  /** `[]` when it is no list of texts; empty ones are left out. */
  texts(key: K): readonly string[] {
    const value = this.get(key);
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.map((text) => text.trim()).filter((text) => text !== '');
    return this.instead(key, value, [], 'a list of texts');
  }

  boolean(key: K, safe: boolean): boolean {
    const value = this.get(key);
    return typeof value === 'boolean' ? value : this.instead(key, value, safe, '`true` or `false`');
  }

  choice<T extends string>(key: K, choices: readonly T[], safe: T): T {
    const value = this.get(key);
    const found = choices.find((choice) => choice === value);
    return found ?? this.instead(key, value, safe, choices.map((choice) => `\`${choice}\``).join(' or '));
  }

  text(key: K, safe: string, isFine: (text: string) => boolean, expected: string): string {
    const value = this.get(key);
    return typeof value === 'string' && isFine(value) ? value : this.instead(key, value, safe, expected);
  }

  /** The same, where a wrong value may be a secret that was put in the wrong place: it is not repeated. */
  discreetText(key: K, safe: string, isFine: (text: string) => boolean, expected: string): string {
    const value = this.get(key);
    return typeof value === 'string' && isFine(value) ? value : this.instead(key, value === undefined ? undefined : HIDDEN, safe, expected);
  }

  /** Entries of an object setting; `[]` when it is no object. */
  entries(key: K): readonly (readonly [string, unknown])[] {
    const value = this.get(key);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
    return this.instead(key, value, [], 'an object');
  }

  report(place: string, value: unknown, expected: string, used: string): void {
    this.problems.push({ place, message: `Expected \`${SECTION}.${place}\` to be ${expected}, got \`${JSON.stringify(value)}\`; ${used}.` });
  }

  private instead<T>(key: K, value: unknown, safe: T, expected: string): T {
    // A setting that nobody set is no mistake of anybody.
    if (value !== undefined) this.report(key, value, expected, this.consequence(safe));
    return safe;
  }
}
