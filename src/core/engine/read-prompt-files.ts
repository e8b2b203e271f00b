import fs from 'node:fs';
import path from 'node:path';
import { isPromptFile } from '../spec/prompt-file-name.ts';
import { readPromptFile, type PromptFile } from '../spec/prompt-file.ts';

/** The prompt files among what is to be queued, by their absolute paths. Those that cannot be read are left out. */
export async function readPromptFiles(tasks: readonly unknown[], base: string): Promise<ReadonlyMap<string, PromptFile>> {
  const files = new Map<string, PromptFile>();
  for (const task of tasks) {
    const script = typeof task === 'object' && task !== null ? (task as { readonly script?: unknown }).script : undefined;
    if (typeof script !== 'string' || !isPromptFile(script.trim())) continue;
    const file = path.resolve(base, script.trim());
    if (files.has(file)) continue;
    const text = await fs.promises.readFile(file, 'utf8').catch(() => undefined);
    const relative = path.relative(base, file);
    if (text !== undefined) files.set(file, await readPromptFile(text, file, relative.startsWith('..') ? file : relative));
  }
  return files;
}
