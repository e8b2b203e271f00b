import fs from 'node:fs';
import { BUILT_IN_ROLES } from '../../model/roles/built-in-roles.ts';
import { isExecutable } from '../../launch/find-program.ts';
import type { Role } from '../../model/roles/role.ts';
import type { PromptFile } from '../../spec/prompt-file.ts';
import type { SpecContext } from '../../spec/spec-context.ts';

const HEAD_BYTES = 64 * 1024;

/** Reads specs against the real file system; prompt files are those that `readPromptFiles()` found. */
export function nodeSpecContext(base: string, roots: readonly string[], typeNames: readonly string[], roles: readonly Role[] = BUILT_IN_ROLES, promptFiles: ReadonlyMap<string, PromptFile> = new Map()): SpecContext {
  const is = (file: string, test: (stats: fs.Stats) => boolean): boolean => {
    try {
      return test(fs.statSync(file));
    } catch {
      // Whatever keeps it from us, a folder that is shut or links in a circle: for a task it is not there.
      return false;
    }
  };
  return {
    base,
    roots,
    typeNames,
    roles,
    isFile: (file) => is(file, (stats) => stats.isFile()),
    isExecutable,
    isFolder: (file) => is(file, (stats) => stats.isDirectory()),
    readHead,
    promptFile: (file) => promptFiles.get(file),
  };
}

function readHead(file: string): string {
  try {
    const descriptor = fs.openSync(file, 'r');
    try {
      const buffer = Buffer.alloc(HEAD_BYTES);
      return buffer.toString('utf8', 0, fs.readSync(descriptor, buffer, 0, HEAD_BYTES, 0));
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return '';
  }
}
