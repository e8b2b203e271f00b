import type { ReadText } from '../../src/core/machine/read-text.ts';

/** Files of a system that a test makes up; they may be changed while it goes on. */
export function textFiles(files: Readonly<Record<string, string>>): ReadText {
  return (file) => files[file];
}
