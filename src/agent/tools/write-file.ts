import * as z from 'zod/mini';
import { UserError } from '../../core/base/user-error.ts';
import type { SeenFiles } from './seen-files.ts';
import { readText, type TextFiles } from './text-files.ts';
import { tool, type Tool } from './tool.ts';
import { unsavedRefusal } from './unsaved-refusal.ts';
import type { WorkspacePaths } from './workspace-paths.ts';

export function writeFileTool(paths: WorkspacePaths, files: TextFiles, seen: SeenFiles): Tool {
  return tool({
    name: 'write_file',
    title: 'Write',
    description: 'Makes a file, or writes all of one anew; folders that are missing are made. A file that exists must have been read before. For a change of some lines use edit_file.',
    fields: {
      path: z.string().check(z.minLength(1, 'expected a path'), z.describe('The file, relative to the working folder or absolute')),
      content: z.string().check(z.describe('All that the file is to hold')),
    },
    prepare({ path: given, content }) {
      const file = paths.toWrite(given);
      const shown = paths.shown(file);
      return {
        about: shown,
        writes: { writes: [file] },
        async run() {
          const before = await readText(file, shown);
          const news = await seen.isNews(file);
          if (news !== undefined) throw unread(shown, news);
          const { type } = await files.replace(file, before, content);
          if (type === 'unsaved') return unsavedRefusal('Write', file, shown);
          if (type === 'changed') throw unread(shown, 'changed');
          await seen.note(file);
          const lines = content === '' ? 0 : content.split('\n').length - (content.endsWith('\n') ? 1 : 0);
          return { text: `${before === undefined ? 'Made' : 'Wrote'} ${shown}, ${lines} ${lines === 1 ? 'line' : 'lines'}.` };
        },
      };
    },
  });
}

function unread(shown: string, news: 'never' | 'changed'): UserError {
  return new UserError(`\`${shown}\` exists and ${news === 'never' ? 'was not read' : 'has changed since it was read'};`, 'read it first, so that nothing in it is lost.');
}
