import { err, ok, type Result } from './result.ts';

const BYTE_UNITS: Readonly<Record<string, number>> = {
  b: 1,
  k: 1e3, kb: 1e3, kib: 2 ** 10,
  m: 1e6, mb: 1e6, mib: 2 ** 20,
  g: 1e9, gb: 1e9, gib: 2 ** 30,
  t: 1e12, tb: 1e12, tib: 2 ** 40,
};

const TIME_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

const AMOUNT = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i;

/** Bytes from a number of bytes or a text such as `512 MB` (decimal) or `512 MiB` (binary). */
export function parseBytes(value: number | string): Result<number, string> {
  return parseAmount(value, BYTE_UNITS, 'b', 'a size such as `512 MB` or a number of bytes');
}

/** Milliseconds from a number of **seconds** or a text such as `90s`, `5m`, `1.5h`. */
export function parseDuration(value: number | string): Result<number, string> {
  return parseAmount(value, TIME_UNITS, 's', 'a duration such as `90s` or `5m`, or a number of seconds');
}

function parseAmount(
  value: number | string,
  units: Readonly<Record<string, number>>,
  bare: string,
  expected: string,
): Result<number, string> {
  const match = AMOUNT.exec(String(value));
  const unit = (match?.[2] === '' ? bare : (match?.[2] ?? bare)).toLowerCase();
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (match === null || factor === undefined) return err(`expected ${expected}, got \`${value}\``);
  return ok(Math.round(Number(match[1]) * factor));
}
