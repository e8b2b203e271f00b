import { open } from 'node:fs/promises';

/** The last bytes of a text file, without the broken first line; empty when the file cannot be read. */
export async function readTail(file: string, bytes = 8192): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      const from = Math.max(0, size - bytes);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(size, bytes)), 0, Math.min(size, bytes), from);
      const text = buffer.subarray(0, bytesRead).toString('utf8');
      return from === 0 || !text.includes('\n') ? text : text.slice(text.indexOf('\n') + 1);
    } finally {
      await handle.close();
    }
  } catch {
    return '';
  }
}
