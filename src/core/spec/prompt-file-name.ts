import path from 'node:path';

/** Whether a file holds a prompt, by its name. */
export function isPromptFile(file: string): boolean {
  return /\.prompt\.md$/i.test(file);
}

/** The name of a prompt that has none: that of its file, `review` of `review.prompt.md`. */
export function promptFileName(file: string): string {
  return path.basename(file).replace(/\.prompt\.md$/i, '');
}
