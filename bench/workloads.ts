import { fileURLToPath } from 'node:url';

/** What one task of a mixed workload asks for. */
export interface Demand {
  readonly cpuSeconds: number;
  readonly memory: number;
  readonly restSeconds: number;
}

const MB = 1e6;

export const KINDS = {
  short: { cpuSeconds: 0.35, memory: 0, restSeconds: 0 },
  long: { cpuSeconds: 1.4, memory: 0, restSeconds: 0 },
  memory: { cpuSeconds: 0, memory: 100 * MB, restSeconds: 0.6 },
  sleep: { cpuSeconds: 0, memory: 0, restSeconds: 0.4 },
} as const satisfies Record<string, Demand>;

export type Kind = keyof typeof KINDS;

const COUNTS: Readonly<Record<Kind, number>> = { short: 20, long: 4, memory: 10, sleep: 6 };

/** Tasks that want cores, memory or neither, well mixed and always in the same order. */
export const MIXED: readonly Kind[] = (Object.keys(COUNTS) as Kind[])
  .flatMap((kind) => Array.from({ length: COUNTS[kind] }, (_, index) => ({ kind, place: (index + 0.5) / COUNTS[kind] })))
  .sort((a, b) => a.place - b.place)
  .map(({ kind }) => kind);

const PROGRAM = fileURLToPath(new URL('processes/demand.pl', import.meta.url));

export function demandArgv(perl: string, kind: Kind): readonly string[] {
  const { cpuSeconds, memory, restSeconds } = KINDS[kind];
  return [perl, PROGRAM, String(cpuSeconds), String(memory / MB), String(restSeconds)];
}
