import path from 'node:path';
import type { PlannedTask } from './workload.ts';

/** Whether two tasks must never run at the same time, because of the files they claim. */
export function exclude(a: PlannedTask, b: PlannedTask): boolean {
  return a.files.some((one) => b.files.some((other) => (one.mode === 'write' || other.mode === 'write') && touches(one.path, other.path)));
}

/** A folder stands for everything below it. */
function touches(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}${path.sep}`) || b.startsWith(`${a}${path.sep}`);
}
