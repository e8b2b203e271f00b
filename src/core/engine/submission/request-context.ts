import type { Limits } from '../../model/limits.ts';
import type { SpecContext } from '../../spec/spec-context.ts';
import type { Store } from '../../store/store.ts';
import type { SubmitRequest } from '../engine-port.ts';
import { nodeSpecContext } from './node-spec-context.ts';
import { knownRoles } from '../roles/role-queues.ts';

/** What a request is read against, on this machine and now. */
export async function requestContext({ workspace, base = workspace, confine, tasks }: SubmitRequest, store: Store, limits: Limits): Promise<SpecContext> {
  // Loaded on use: it brings the validator along.
  const { readPromptFiles } = await import('../agents/read-prompt-files.ts');
  const prompts = await readPromptFiles(tasks, base);
  return nodeSpecContext(base, confine ? [workspace] : [], limits.types.map((type) => type.name), knownRoles(store, workspace), prompts);
}
