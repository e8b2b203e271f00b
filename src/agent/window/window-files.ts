import { diskFiles, type TextFiles } from '../tools/text-files.ts';
import { WindowLink } from './window-link.ts';

/** Files as the window's editors have them, and changed through them. */
export function windowFiles(link: WindowLink): TextFiles {
  return {
    unsaved: (file) => link.use((client) => client.unsaved(file)),
    replace: (file, before, after) => link.use((client) => client.replace(file, before, after)),
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
