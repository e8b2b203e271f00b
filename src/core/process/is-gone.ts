import type { ProcessTable } from './process-table.ts';

/**
 * Whether a process is surely gone. Of one whose start nobody knows, any with its pid is taken for it; of a system that does
 * not answer just now, nothing is known.
 */
export async function isGone({ pid, start }: { readonly pid: number; readonly start: string | undefined }, table: ProcessTable): Promise<boolean> {
  try {
    const found = await table.startOf(pid);
    return found === undefined || (start !== undefined && found !== start);
  } catch {
    return false;
  }
}
