import fs from 'node:fs';

/** Whoever reads the file finds the old text or the new one, never a part. */
export function writeAtomically(file: string, text: string): void {
  const aside = `${file}.${process.pid}`;
  fs.writeFileSync(aside, text);
  fs.renameSync(aside, file);
}
