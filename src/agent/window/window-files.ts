import { diskFiles, type TextFiles } from '../tools/text-files.ts';
import { WindowLink } from './window-link.ts';

/** Files as the editors of the workspace's window have them, and changed through them; where it has no window, on the disk. */
export function windowFiles(link: WindowLink): TextFiles {
  return {
    unsaved: (file) => link.useIfEver((client) => client.unsaved(file)),
    replace: async (file, before, after) => (await link.useIfEver((client) => client.replace(file, before, after))) ?? diskFiles.replace(file, before, after),
  };
}

/** Files on the disk; where a window is there, what it has unsaved is read from it. Nobody waits for one. */
export function diskBesideWindow(place: { readonly home: string; readonly workspace: string }): TextFiles {
  return {
    ...diskFiles,
    async unsaved(file) {
      const link = new WindowLink(place);
      try {
        return await link.useIfThere((client) => client.unsaved(file));
      } finally {
        link.close();
      }
    },
  };
}
