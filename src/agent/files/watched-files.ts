import fs from 'node:fs';
import path from 'node:path';
import type { FileUse } from '../../core/engine/engine-port.ts';
import { globMatches } from '../../core/locks/glob-overlap.ts';
import type { Claim } from '../../core/model/files/claim.ts';
import { fileState, fileStateSince, hasChanged, type FileState } from './file-state.ts';
import { filesBelow } from './files-below.ts';

/** Below one claim; what lies beyond is not looked at. */
const MOST_BELOW = 500;
const MOST_WATCHED = 2000;

/** Files whose content is compared around a call that may write anything. */
export class WatchedFiles {
  private readonly states = new Map<string, FileState>();

  /** Looks at a file again, for next time. */
  look(file: string): void {
    if (this.states.has(file) || this.states.size < MOST_WATCHED) this.states.set(file, fileState(file));
  }

  /** Looks at what is claimed and at what somebody uses, so that what becomes of it is seen. */
  lookAt(claims: readonly Claim[], uses: readonly FileUse[]): void {
    for (const [file, state] of this.states) this.states.set(file, fileStateSince(file, state));
    for (const { path: place, glob } of [...claims, ...uses]) {
      if (this.states.has(place)) continue;
      for (const file of filesOf(place, glob)) if (!this.states.has(file)) this.look(file);
    }
  }

  /** Files that have other content than at the last look, with what they were and are. */
  changes(): readonly { readonly file: string; readonly before: FileState; readonly after: FileState }[] {
    return [...this.states].flatMap(([file, before]) => {
      const after = fileStateSince(file, before);
      if (!hasChanged(before, after)) return [];
      this.states.set(file, after);
      return [{ file, before, after }];
    });
  }
}

function filesOf(place: string, glob: string | undefined): readonly string[] {
  if (!isFolder(place)) return [place];
  const below = filesBelow(place, MOST_BELOW);
  if (glob === undefined || glob === '' || glob === '**') return below;
  return below.filter((file) => globMatches(glob, path.relative(place, file).replaceAll(path.sep, '/')));
}

function isFolder(place: string): boolean {
  return fs.statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
}
