import type { EnginePort, Submitted } from '../../core/engine/engine-port.ts';
import type { CommandContext } from '../command-context.ts';
import { liveRoots } from '../session.ts';
import { givenWorkspace, rootAround, workspaceOf } from '../workspace.ts';
import { problemsError } from './problems-error.ts';
import type { SubmissionDraft } from './submission-draft.ts';

/** The workspace a submission goes to: the one named, a live engine's, the draft's own, or the one its folder belongs to. */
export async function workspaceOfDraft(draft: SubmissionDraft, context: CommandContext, engine: EnginePort): Promise<string> {
  if (context.workspace !== undefined) return givenWorkspace(context.workspace);
  const roots = await liveRoots(engine);
  return rootAround(draft.folder, roots) ?? draft.ownWorkspace ?? workspaceOf(draft.folder, []);
}

/** Queues all of it. @throws UserError with every problem, when nothing was queued. */
export async function submitDraft(draft: SubmissionDraft, workspace: string, engine: EnginePort): Promise<Submitted> {
  const submitted = await engine.submit(draft.request(workspace));
  if (!submitted.ok) throw problemsError(draft.describe(submitted.error));
  return submitted.value;
}
