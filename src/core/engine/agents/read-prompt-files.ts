import path from 'node:path';
import { readText } from '../../base/read-text.ts';
import { UserError } from '../../base/user-error.ts';
import { isPromptFile } from '../../spec/prompt-file-name.ts';
import { readPromptFile, unreadPromptFile, type PromptFile } from '../../spec/prompt-file.ts';

/** Beyond this it is no text that somebody wrote for an agent, and would go with its task wherever that goes. */
const MOST_BYTES = 2 ** 20;

/** The prompt files among what is to be queued, by their absolute paths. Those that are not there are left out. */
export async function readPromptFiles(tasks: readonly unknown[], base: string): Promise<ReadonlyMap<string, PromptFile>> {
  const files = new Map<string, PromptFile>();
  for (const task of tasks) {
    const script = typeof task === 'object' && task !== null ? (task as { readonly script?: unknown }).script : undefined;
    if (typeof script !== 'string' || !isPromptFile(script.trim())) continue;
    const file = path.resolve(base, script.trim());
    if (files.has(file)) continue;
    const relative = path.relative(base, file);
    const read = await promptFileAt(file, relative.startsWith('..') ? file : relative);
    if (read !== undefined) files.set(file, read);
  }
  return files;
}

async function promptFileAt(file: string, shown: string): Promise<PromptFile | undefined> {
  try {
    return await readPromptFile(await readText(file, MOST_BYTES), file, shown);
  } catch (error) {
    return error instanceof UserError ? unreadPromptFile(shown, error.message) : undefined;
  }
}
