import { err, ok, type Result } from '../base/result.ts';

/** Runs of one sweep; more are a mistake rather than a wish. */
export const MOST_RUNS = 10_000;

const DIGITS = String.raw`(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d{1,2})?`;
const NUMBER = `[+-]?${DIGITS}`;
const RANGE = new RegExp(String.raw`^(${NUMBER})\.\.(?!\.)(${NUMBER})(?::(${DIGITS}))?$`, 'i');

/** Ranges as other programs write them: `1:3`, `0:1:0.1`, `1-3`. */
const LIKE_A_RANGE = new RegExp(`^${NUMBER}(?:(?::${NUMBER})+|-${DIGITS})$`, 'i');
const WHOLE = /^[+-]?\d+(?:\.\.[+-]?\d+(?::\d+)?)?$/;
const QUOTED = /^"((?:[^"]|"")*)"$/;
/** `..` as a folder of a path: `../data`, `runs/..`. */
const PARENT = /(?<=^|[\\/])\.\.[\\/]|[\\/]\.\.$/g;

/**
 * Values from a text: a list `0.1,0.2`, a range `1..5`, a range with a step `0..1:0.25`, or several of these with commas between.
 * What stands in double quotes is one value, whatever it looks like; a quote in it is written twice.
 */
export function parseValues(text: string): Result<readonly string[], string> {
  const parts = splitAtCommas(text);
  if (parts === undefined) return err(`a double quote in \`${text}\` is not closed; a value with a quote stands in double quotes and has its own written twice: \`"5"""\``);
  const values: string[] = [];
  for (const part of parts) {
    if (part === '') return err(`expected values such as \`0.1,0.2\` or \`1..5\`, got \`${text}\``);
    const range = RANGE.exec(part);
    const found = range === null ? parseValue(part) : valuesOfRange(part, range);
    if (!found.ok) return found;
    for (const value of found.value) values.push(value);
  }
  return ok(values);
}

/** Seeds from a text such as `1,2,7` or `1..5`. */
export function parseSeeds(text: string): Result<readonly string[], string> {
  const areWhole = text.split(',').every((part) => WHOLE.test(part.trim()));
  if (!areWhole) return err(`expected whole numbers such as \`1,2,7\`, or a range such as \`1..5\`, got \`${text}\``);
  const values = parseValues(text);
  return values.ok ? asSeeds(values.value) : values;
}

/** Seeds that were listed one by one. */
export function asSeeds(listed: readonly string[]): Result<readonly string[], string> {
  const wrong = listed.find((seed) => !/^[+-]?\d+$/.test(seed) || !Number.isSafeInteger(Number(seed)));
  return wrong === undefined ? ok(listed.map((seed) => String(Number(seed)))) : err(`expected whole numbers from ${Number.MIN_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER} as seeds, got \`${wrong}\``);
}

/** `undefined` when a quote is left open. */
function splitAtCommas(text: string): readonly string[] | undefined {
  const parts: string[] = [];
  let isQuoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    if (text[at] !== ',' || isQuoted) continue;
    parts.push(text.slice(start, at).trim());
    start = at + 1;
  }
  return isQuoted ? undefined : [...parts, text.slice(start).trim()];
}

function parseValue(part: string): Result<readonly string[], string> {
  const quoted = QUOTED.exec(part)?.[1];
  if (quoted !== undefined) return ok([quoted.replaceAll('""', '"')]);
  const isLikeARange = LIKE_A_RANGE.test(part) || part.replaceAll(/"[^"]*"/g, '').replaceAll(PARENT, '').includes('..');
  if (isLikeARange) return err(`\`${part}\` is no range, though it looks like one; write \`1..5\` or, with a step, \`0..1:0.25\`, and put a value that looks like one in double quotes: \`"${part.replaceAll('"', '""')}"\``);
  return ok([part]);
}

function valuesOfRange(part: string, [, from = '', to = '', by]: RegExpExecArray): Result<readonly string[], string> {
  const places = Math.max(placesOf(from), placesOf(by ?? '1'));
  const scale = Math.max(places, placesOf(to));
  const [first, last, step] = [scaled(from, scale), scaled(to, scale), scaled(by ?? '1', scale)];
  if (step === 0n || last < first) return err(`\`${part}\` is an empty range; write the smaller end first and a step above 0`);
  const steps = (last - first) / step;
  if (steps >= MOST_RUNS) return err(`\`${part}\` has ${steps + 1n} values; a sweep has ${MOST_RUNS} runs at most`);
  if (by === undefined && steps === 0n && last > first) return err(`\`${part}\` goes in steps of 1, which is more than from one end to the other; write a smaller step, as in \`0..1:0.25\``);
  return ok(Array.from({ length: Number(steps) + 1 }, (_, index) => written((first + BigInt(index) * step) / 10n ** BigInt(scale - places), places)));
}

/** Digits after the point when a number is written without an exponent. */
function placesOf(number: string): number {
  const [digits = '', exponent = '0'] = number.toLowerCase().split('e');
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent));
}

/** A number times a power of ten that makes it whole. Floating-point numbers would miss ends, and double what is large. */
function scaled(number: string, scale: number): bigint {
  const [digits = '', exponent = '0'] = number.toLowerCase().split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const size = BigInt(`${whole.replace(/^[+-]/, '')}${fraction}`) * 10n ** BigInt(scale + Number(exponent) - fraction.length);
  return number.startsWith('-') ? -size : size;
}

function written(value: bigint, places: number): string {
  const digits = String(value < 0n ? -value : value).padStart(places + 1, '0');
  const point = digits.length - places;
  return `${value < 0n ? '-' : ''}${digits.slice(0, point)}${places === 0 ? '' : `.${digits.slice(point)}`}`;
}
