const MIB = 2 ** 20;

/** Cores and memory behind the words for what something needs. */
const WORDS: Readonly<Record<string, { readonly cores: number; readonly memory: string }>> = {
  minimal: { cores: 0.25, memory: '32 MB' },
  low: { cores: 0.5, memory: '128 MB' },
  medium: { cores: 1, memory: '256 MB' },
  moderate: { cores: 1, memory: '256 MB' },
  high: { cores: 2, memory: '1 GB' },
};

/** The machine that shares of it are meant of. */
export interface MachineSize {
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
}

/** A word, a number of cores, or percent of the machine when it is more than there are cores. */
export function olderCores(value: unknown, machine: MachineSize): unknown {
  if (typeof value === 'string') return WORDS[value.toLowerCase()]?.cores ?? value;
  if (typeof value !== 'number' || value <= machine.cores) return value;
  return Math.round(((value / 100) * machine.cores) * 100) / 100;
}

/** A word, percent of the machine up to a hundred, or megabytes. */
export function olderMemory(value: unknown, machine: MachineSize): unknown {
  if (typeof value === 'string') return WORDS[value.toLowerCase()]?.memory ?? value;
  if (typeof value !== 'number' || value <= 0) return value;
  return Math.round(value <= 100 ? (value / 100) * machine.memory : value * MIB);
}

export function isWord(value: unknown): boolean {
  return typeof value === 'string' && Object.hasOwn(WORDS, value.toLowerCase());
}

/** Percent; a share up to one is meant of the whole. */
export function olderPercent(value: unknown): unknown {
  return typeof value === 'number' && value > 0 && value <= 1 ? value * 100 : value;
}
