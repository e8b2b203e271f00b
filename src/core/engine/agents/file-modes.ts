import { existsSync } from 'node:fs';
import type { FileMode } from '../../model/agents/execution-mode.ts';
import { isInside } from '../../spec/paths.ts';
import type { Store } from '../../store/store.ts';

/**
 * Makes the store go by what the files of some workspaces say of the execution mode now. A file has its say when it says
 * something new, so that what a person pinned meanwhile stays; what it pinned goes with it, but not while what it says is `unclear`. True when there was something
 * to write, which `write` is handed.
 */
export function syncFileMode(store: Store, roots: readonly string[], written: FileMode | undefined, unclear: readonly string[], write: (act: () => void) => void): boolean {
  const { settings } = store;
  const heard = settings.fileModes();
  const isOver = ({ file }: FileMode): boolean => file !== written?.file && !unclear.includes(file) && (roots.some((root) => isInside(file, root)) || !existsSync(file));
  const isNew = written !== undefined && !heard.some(({ file, mode }) => file === written.file && mode === written.mode);
  if (!isNew && !heard.some(isOver)) return false;
  write(() => {
    const others = settings.fileModes().filter((each) => each.file !== written?.file && !isOver(each));
    settings.setFileModes(written === undefined ? others : [...others, written]);
    const by = settings.pinnedBy();
    if (isNew) settings.setPinnedMode(written.mode, written.file);
    else if (by !== undefined && by !== written?.file && !others.some(({ file }) => file === by)) settings.setPinnedMode(undefined, undefined);
  });
  return true;
}
