import fs from 'node:fs';

/** Content of a small file of the system; `undefined` when it cannot be read. */
export type ReadText = (file: string) => string | undefined;

/** Files of `/proc` and `/sys` are answered by the kernel from memory: reading them holds nobody up. */
export const readSystemText: ReadText = (file) => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};
