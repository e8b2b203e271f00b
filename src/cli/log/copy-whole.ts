import { createReadStream, statSync } from 'node:fs';
import type { Output } from '../terminal/output.ts';

/** Copies a file to the output as it is; false when there is no such file. Stops where nobody reads on. */
export async function copyWhole(file: string, output: Output): Promise<boolean> {
  try {
    for await (const chunk of createReadStream(file)) {
      if (output.isClosed) break;
      await output.writeBytes(chunk as Uint8Array);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

export function sizeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.size;
}
