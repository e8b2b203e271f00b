import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort, FileUse, Holder } from '../../core/engine/engine-port.ts';
import { claimCovers } from '../../core/locks/claim-covers.ts';
import { claimsOverlap } from '../../core/locks/claims-overlap.ts';
import { keyedClaim } from '../../core/locks/keyed-claim.ts';
import { conflicts, type Claim, type ClaimMode } from '../../core/model/files/claim.ts';
import { RUN_MARK } from '../../core/process/process-table.ts';
import { isInside } from '../../core/spec/paths.ts';

/** Tells a command which holds it runs under: their numbers, with commas. */
export const HOLDS_VARIABLE = 'PARALLEL_WORKFLOW_HOLDS';

/** Those of the claims that the task or lock we run in does not hold already: waiting for them would be waiting for ourselves. */
export async function withoutOwn(claims: readonly Claim[], engine: EnginePort, { env, home }: { readonly env: NodeJS.ProcessEnv; readonly home: string }): Promise<readonly Claim[]> {
  const isOwn = ownership(env, home);
  if (isOwn === undefined) return claims;
  const own = (await engine.filesInUse([])).flatMap((use) => use.holders.filter(({ holder }) => isOwn(holder)).map(({ mode, holder }): OwnUse => ({ use, mode, holder })));
  return claims.filter((claim) => {
    const wanted = keyedClaim(claim);
    if (own.some(({ use, mode }) => (mode === 'write' || wanted.mode === 'read') && claimCovers(use, wanted))) return false;
    const part = own.find(({ use, mode }) => conflicts(mode, wanted.mode) && claimsOverlap(use, wanted));
    if (part !== undefined) throw selfWait(claim, part);
    return true;
  });
}

interface OwnUse {
  readonly use: FileUse;
  readonly mode: ClaimMode;
  readonly holder: Holder;
}

function ownership(env: NodeJS.ProcessEnv, home: string): ((holder: Holder) => boolean) | undefined {
  const run = env[RUN_MARK];
  // A task of another state folder may have the same number.
  const task = run !== undefined && isInside(run, home) ? Number(env.PARALLEL_WORKFLOW_TASK) : Number.NaN;
  const holds = new Set((env[HOLDS_VARIABLE] ?? '').split(',').filter((text) => /^\d+$/.test(text)).map(Number));
  if (Number.isNaN(task) && holds.size === 0) return undefined;
  return (holder) => (holder.type === 'task' ? holder.id === task : holder.type === 'program' && holds.has(holder.id));
}

function selfWait({ path, mode }: Claim, { use, mode: ownMode, holder }: OwnUse): UserError {
  const who = holder.type === 'task' ? `Task #${holder.id}` : 'The lock around this command';
  const what = ownMode === 'read' && mode === 'write' ? 'only reads it' : `holds ${use.glob === '' ? use.path : `${use.path}/${use.glob}`}, a part of it`;
  return new UserError(`${who}, which this runs in, ${what}, so that \`${path}\` would wait for itself;`, 'claim as much there as is locked here.');
}
