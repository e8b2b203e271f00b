import { stat } from 'node:fs/promises';
import * as z from 'zod/mini';
import { UserError } from '../../core/base/user-error.ts';
import { linesOf, readLines, type Lines } from './read-lines.ts';
import type { SeenFiles } from './seen-files.ts';
import type { TextFiles } from './text-files.ts';
import { tool, type Tool, type ToolAnswer } from './tool.ts';
import type { WorkspacePaths } from './workspace-paths.ts';

const USUAL_LINES = 2000;

export function readFileTool(paths: WorkspacePaths, files: TextFiles, seen: SeenFiles): Tool {
  return tool({
    name: 'read_file',
    title: 'Read',
    description: `Reads a text file, at most ${USUAL_LINES} lines at once. A file that somebody has open with unsaved changes is given as it stands in the editor.`,
    fields: {
      path: z.string().check(z.minLength(1, 'expected a path'), z.describe('The file, relative to the working folder or absolute')),
      from: z.optional(z.int().check(z.gte(1, 'expected a line number ≥ 1'), z.describe('First line to read, counted from 1'))),
      lines: z.optional(z.int().check(z.gte(1, 'expected a number of lines ≥ 1'), z.describe('How many lines to read'))),
    },
    prepare({ path: given, from = 1, lines = USUAL_LINES }) {
      const file = paths.toRead(given);
      const shown = paths.shown(file);
      const range = { from, count: Math.min(lines, USUAL_LINES) };
      return {
        about: from === 1 ? shown : `${shown} from line ${from}`,
        writes: undefined,
        async run() {
          const unsaved = await files.unsaved(file);
          if (unsaved !== undefined) return answer(shown, linesOf(unsaved, range), from, ' It has unsaved changes: this is what the editor shows.');
          const found = await stat(file).catch(() => undefined);
          if (found === undefined) throw new UserError(`There is no file \`${shown}\`.`);
          if (!found.isFile()) throw new UserError(`\`${shown}\` is no file;`, 'use list_files for folders.');
          await seen.note(file);
          return answer(shown, await readLines(file, range, shown), from, '');
        },
      };
    },
  });
}

function answer(shown: string, { lines, total }: Lines, from: number, more: string): ToolAnswer {
  if (total === 0) return { text: `\`${shown}\` is empty.${more}` };
  if (lines.length === 0) return { text: `\`${shown}\` has only ${total} lines.${more}`, isError: true };
  const last = from + lines.length - 1;
  const isWhole = from === 1 && last === total;
  const head = isWhole ? `${shown}, ${total} ${total === 1 ? 'line' : 'lines'}.` : `${shown}, lines ${from} to ${last} of ${total ?? 'more'}.`;
  return { text: `${head}${more}\n${lines.join('\n')}`, shown: `${head}${more}` };
}
