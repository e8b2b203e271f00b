import { refusedAnswer } from './tool-box.ts';
import type { ToolAnswer } from './tool.ts';

/** For a file in which somebody began to type between the leave to write it and the write. */
export function unsavedRefusal(tool: string, path: string, shown: string): ToolAnswer {
  return refusedAnswer({ tool, path, why: `${shown} has unsaved changes in an editor until they are saved or undone; do something else and come back to it later.` });
}
