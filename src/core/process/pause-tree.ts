import type { ProcessTable } from './process-table.ts';
import { membersOf, type RunTree } from './stop-tree.ts';

/** Forks between a look and the signals are caught by the next look. */
const MOST_ROUNDS = 20;

/** Makes all processes of a run but its shim stand still, or go on. What one of them starts meanwhile is caught too. */
export async function pauseTree(tree: RunTree, table: ProcessTable, paused: boolean): Promise<void> {
  const told = new Set<number>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const news = (await membersOf(tree, table)).filter((pid) => !told.has(pid));
    if (news.length === 0) return;
    for (const pid of news) {
      told.add(pid);
      await table.signal(pid, paused ? 'SIGSTOP' : 'SIGCONT');
    }
  }
}
