import path from 'node:path';
import * as z from 'zod/mini';
import { globMatches, globProblem } from '../../core/locks/glob-overlap.ts';
import { UserError } from '../../core/base/user-error.ts';
import { tool, type Tool, type ToolAnswer } from './tool.ts';
import { entriesOf, walkFiles } from './walk-files.ts';
import type { WorkspacePaths } from './workspace-paths.ts';

const MOST = 500;
const MOST_VISITED = 100_000;

export function listFilesTool(paths: WorkspacePaths): Tool {
  return tool({
    name: 'list_files',
    title: 'List',
    description: `Lists a folder, or, with a glob such as \`**/*.py\`, the files below it that match; at most ${MOST}.`,
    fields: {
      path: z.optional(z.string().check(z.describe('The folder; the working folder by default'))),
      glob: z.optional(z.string().check(z.describe('Relative to the folder: `*`, `?`, `**`, `[ab]`, `{a,b}`'))),
    },
    prepare({ path: given = '.', glob }) {
      const folder = paths.toRead(given);
      const problem = glob === undefined ? undefined : globProblem(glob);
      if (problem !== undefined) throw new UserError(`\`glob\`: ${problem}.`);
      return {
        about: glob === undefined ? paths.shown(folder) : `${glob} in ${paths.shown(folder)}`,
        writes: undefined,
        run: (signal) => (glob === undefined ? listed(folder, paths) : matching(folder, glob, paths, signal)),
      };
    },
  });
}

async function listed(folder: string, paths: WorkspacePaths): Promise<ToolAnswer> {
  const entries = await entriesOf(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw new UserError(`There is no folder \`${paths.shown(folder)}\`.`);
    throw error;
  });
  return answer(entries.map((entry) => `${entry.name}${entry.isDirectory() ? '/' : ''}`));
}

async function matching(folder: string, glob: string, paths: WorkspacePaths, signal: AbortSignal): Promise<ToolAnswer> {
  const found: string[] = [];
  let visited = 0;
  for await (const file of walkFiles(folder)) {
    if (signal.aborted || found.length > MOST || ++visited > MOST_VISITED) break;
    if (globMatches(glob, path.relative(folder, file).replaceAll(path.sep, '/'))) found.push(paths.shown(file));
  }
  return answer(found, visited > MOST_VISITED ? `\nOnly ${MOST_VISITED} files were looked at; name a smaller folder.` : '');
}

function answer(names: readonly string[], more = ''): ToolAnswer {
  if (names.length === 0) return { text: `Nothing there.${more}` };
  const rest = names.length > MOST ? '\n… and more; narrow it down.' : '';
  return { text: `${names.slice(0, MOST).join('\n')}${rest}${more}`, shown: `${names.length > MOST ? `${MOST} and more` : names.length} ${names.length === 1 ? 'entry' : 'entries'}` };
}
