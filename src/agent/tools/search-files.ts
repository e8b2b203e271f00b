import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { UserError } from '../../core/base/user-error.ts';
import { globMatches, globProblem } from '../../core/locks/glob-overlap.ts';
import { BoundedPattern } from './bounded-pattern.ts';
import { tool, type Tool, type ToolAnswer } from './tool.ts';
import { walkFiles } from './walk-files.ts';
import type { WorkspacePaths } from './workspace-paths.ts';

const MOST_HITS = 200;
const LONGEST_SHOWN = 300;
const LARGEST_FILE = 2 * 1024 * 1024;
const MOST_FILES = 20_000;

export function searchFilesTool(paths: WorkspacePaths): Tool {
  return tool({
    name: 'search_files',
    title: 'Search',
    description: `Finds lines that contain a text in the files below a folder; at most ${MOST_HITS}. Binary and very large files are left out.`,
    fields: {
      text: z.string().check(z.minLength(1, 'expected a text to look for'), z.describe('The text to look for; a JavaScript regular expression with `regex`')),
      path: z.optional(z.string().check(z.describe('The folder or file; the working folder by default'))),
      glob: z.optional(z.string().check(z.describe('Only files that match, relative to the folder, such as `**/*.py`'))),
      regex: z.optional(z.boolean().check(z.describe('Whether `text` is a regular expression'))),
      ignoreCase: z.optional(z.boolean().check(z.describe('Whether upper and lower case are the same'))),
    },
    prepare({ text, path: given = '.', glob, regex = false, ignoreCase = false }) {
      const folder = paths.toRead(given);
      const problem = glob === undefined ? undefined : globProblem(glob);
      if (problem !== undefined) throw new UserError(`\`glob\`: ${problem}.`);
      const pattern = new BoundedPattern(text, regex, ignoreCase);
      return {
        about: `${text} in ${glob ?? paths.shown(folder)}`,
        writes: undefined,
        run: (signal) => search(folder, pattern, glob, paths, signal),
      };
    },
  });
}

async function search(folder: string, pattern: BoundedPattern, glob: string | undefined, paths: WorkspacePaths, signal: AbortSignal): Promise<ToolAnswer> {
  const isFile = (await stat(folder).catch(() => undefined))?.isFile() === true;
  const hits: string[] = [];
  let visited = 0;
  for await (const file of isFile ? [folder] : walkFiles(folder)) {
    if (signal.aborted || hits.length >= MOST_HITS || ++visited > MOST_FILES) break;
    if (glob !== undefined && !globMatches(glob, path.relative(folder, file).replaceAll(path.sep, '/'))) continue;
    const lines = await linesToSearch(file);
    for (const number of pattern.matchesIn(lines)) {
      hits.push(`${paths.shown(file)}:${number + 1}: ${cut(lines[number]!)}`);
      if (hits.length >= MOST_HITS) break;
    }
  }
  if (hits.length === 0) return { text: 'Found nothing.' };
  const rest = hits.length >= MOST_HITS || visited > MOST_FILES ? '\n… and perhaps more; narrow it down.' : '';
  return { text: `${hits.join('\n')}${rest}`, shown: `${hits.length} ${hits.length === 1 ? 'line' : 'lines'}` };
}

async function linesToSearch(file: string): Promise<readonly string[]> {
  try {
    if ((await stat(file)).size > LARGEST_FILE) return [];
    const bytes = await readFile(file);
    return bytes.includes(0) ? [] : bytes.toString('utf8').split(/\r?\n/);
  } catch {
    // Gone by now, or not ours to read.
    return [];
  }
}

function cut(line: string): string {
  const plain = line.trim();
  return plain.length > LONGEST_SHOWN ? `${plain.slice(0, LONGEST_SHOWN)}…` : plain;
}
