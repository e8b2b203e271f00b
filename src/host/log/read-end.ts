import { open } from 'node:fs/promises';

/** The end of a text file and how much stands before it; empty when there is no such file. */
export interface FileEnd {
  readonly text: string;
  readonly before: number;
}

/** At most `most` bytes, from the beginning of a line. */
export async function readEnd(file: string, most: number): Promise<FileEnd> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      const from = Math.max(0, size - most);
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(size - from), 0, size - from, from);
      const read = buffer.subarray(0, bytesRead);
      const start = from === 0 ? 0 : read.indexOf(0x0a) + 1;
      return { text: read.subarray(start).toString('utf8'), before: from + start };
    } finally {
      await handle.close();
    }
  } catch {
    return { text: '', before: 0 };
  }
}
