import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

export const mark = 'PARALLEL_WORKFLOW_TEST_STAGE';

/** Processes of a stage that are still there when its tests have ended and time is up. */
export async function untilNoneIsLeft(stage, graceMs) {
  const deadline = performance.now() + graceMs;
  let left = leftovers(stage);
  while (left.length > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    left = leftovers(stage);
  }
  return left;
}

/** Processes that carry the stage's mark in their environment. */
export function leftovers(stage) {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${mark}=${stage}`)) return [];
      return [{ pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() }];
    } catch {
      return []; // It ended while it was being read.
    }
  });
}
