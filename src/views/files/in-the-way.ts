import { claimsOverlap } from '../../core/locks/claims-overlap.ts';
import { keyedClaim } from '../../core/locks/keyed-claim.ts';
import { conflicts, type Claim } from '../../core/model/files/claim.ts';
import type { FileUse, FileUser } from '../../core/model/files/file-use.ts';
import type { Task } from '../../core/model/task.ts';

/** Who holds what a waiting task claims, in a mode that does not go together with the claim; each once. */
export function inTheWay(task: Pick<Task, 'id' | 'state'>, claim: Claim, uses: readonly FileUse[]): readonly FileUser[] {
  if (task.state.status !== 'queued' || uses.length === 0) return [];
  const extent = keyedClaim(claim);
  const found = new Map<string, FileUser>();
  for (const use of uses) {
    for (const user of use.holders) {
      const { type, id } = user.holder;
      if (!conflicts(user.mode, claim.mode) || (type === 'task' && id === task.id)) continue;
      // What is on disk can be read while somebody types.
      if (type === 'editor' && claim.mode === 'read') continue;
      if (claimsOverlap(extent, use)) found.set(`${type} ${id}`, user);
    }
  }
  return [...found.values()];
}
