import * as z from 'zod/mini';
import { UserError } from '../../core/base/user-error.ts';
import type { SeenFiles } from './seen-files.ts';
import { readText, type TextFiles } from './text-files.ts';
import { tool, type Tool } from './tool.ts';
import { unsavedRefusal } from './unsaved-refusal.ts';
import type { WorkspacePaths } from './workspace-paths.ts';

/** Whoever writes the file without asking for it may get in between a few times, not for ever. */
const ATTEMPTS = 4;

export function editFileTool(paths: WorkspacePaths, files: TextFiles, seen: SeenFiles): Tool {
  return tool({
    name: 'edit_file',
    title: 'Edit',
    description: 'Replaces an exact text in a file by another one. The old text must occur exactly once, with all its blanks and line ends; take in lines around it to make it unique.',
    fields: {
      path: z.string().check(z.minLength(1, 'expected a path'), z.describe('The file, relative to the working folder or absolute')),
      old: z.string().check(z.minLength(1, 'expected the text to replace'), z.describe('The text to replace, exactly as it stands in the file')),
      new: z.string().check(z.describe('The text to put in its place')),
      all: z.optional(z.boolean().check(z.describe('Replace every occurrence; false by default'))),
    },
    prepare({ path: given, old, new: fresh, all = false }) {
      const file = paths.toWrite(given);
      const shown = paths.shown(file);
      return {
        about: shown,
        writes: { writes: [file] },
        async run() {
          if (old === fresh) throw new UserError('The old and the new text are the same.');
          for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
            const before = await readText(file, shown);
            if (before === undefined) throw new UserError(`There is no file \`${shown}\`;`, 'use write_file to make it.');
            const { text, count } = replaceExactly(before, old, fresh, all, shown);
            const { type } = await files.replace(file, before, text);
            if (type === 'unsaved') return unsavedRefusal('Edit', file, shown);
            if (type === 'changed') continue;
            await seen.note(file);
            return { text: `Changed ${shown}${count === 1 ? '' : `, ${count} occurrences`}.` };
          }
          throw new UserError(`Something else keeps writing \`${shown}\`;`, 'do something else and come back to it later.');
        },
      };
    },
  });
}

/** @throws UserError when the old text is not there, or is there more than once. */
function replaceExactly(before: string, old: string, fresh: string, all: boolean, shown: string): { readonly text: string; readonly count: number } {
  // Models write plain line feeds, whatever the file has.
  const hasCrlf = before.includes('\r\n') && !old.includes('\r\n');
  const [from, to] = hasCrlf ? [crlf(old), crlf(fresh)] : [old, fresh];
  const parts = before.split(from);
  const count = parts.length - 1;
  if (count === 0) throw new UserError(`The old text does not occur in \`${shown}\`;`, 'read the file and give the text exactly as it stands there.');
  if (count > 1 && !all) throw new UserError(`The old text occurs ${count} times in \`${shown}\`;`, 'take in more lines around it so that it occurs once, or set `all`.');
  return { text: parts.join(to), count };
}

function crlf(text: string): string {
  return text.replaceAll(/\r?\n/g, '\r\n');
}
