import * as vscode from 'vscode';
import { messageOf, UserError } from '../core/base/user-error.ts';

/** A part of the extension that is loaded when it is asked for first, and kept. Whoever asks after a failure tries again. */
export function onUse<T>(load: () => Promise<T>): () => Promise<T> {
  let part: Promise<T> | undefined;
  return () => {
    part ??= load().catch((error: unknown) => {
      part = undefined;
      throw new UserError(
        vscode.l10n.t('A part of Parallel Workflow could not be loaded: {0}.', messageOf(error)),
        vscode.l10n.t('Reload the window; if that does not help, install the extension again.'),
      );
    });
    return part;
  };
}
