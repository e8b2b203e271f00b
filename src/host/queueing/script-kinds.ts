import path from 'node:path';
import { SCRIPT_EXTENSIONS as KINDS } from '../../core/model/script-extensions.ts';
import { isPromptFile } from '../../core/spec/prompt-file-name.ts';

/** Scripts as searches and menus find them, which go by the case of letters; the menus in `package.json` name the same. */
export const SCRIPT_EXTENSIONS: readonly string[] = KINDS.flatMap((kind) => [...new Set([kind, kind.toLowerCase()])]);

const KNOWN = new Set<string>(SCRIPT_EXTENSIONS.map((extension) => `.${extension}`));

export function isScript(file: string): boolean {
  return KNOWN.has(path.extname(file)) && !file.endsWith('.d.ts');
}

export function isPython(file: string): boolean {
  return path.extname(file).toLowerCase() === '.py';
}

/** What can be queued by itself: a script, or a prompt in a file of its own. */
export function isQueueable(file: string): boolean {
  return isScript(file) || isPromptFile(file);
}

export function isBatchFile(file: string): boolean {
  return file.endsWith('.parallel.json');
}
