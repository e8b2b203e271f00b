import { open, type FileHandle } from 'node:fs/promises';
import { watch } from 'node:fs';
import path from 'node:path';
import type { CliWorld } from '../command-context.ts';

const CHUNK = 65_536;
/** A change that the system did not report is seen after so long; milliseconds. */
const LOOK_MS = 250;

/** Copies a file to the output while it grows, until it is at its end and `hasEnded` says that no more will come. */
export async function copyGrowing(file: string, { output, clock }: Pick<CliWorld, 'output' | 'clock'>, hasEnded: () => Promise<boolean>): Promise<void> {
  const buffer = Buffer.alloc(CHUNK);
  const watching = watchOrNothing(path.dirname(file));
  let handle: FileHandle | undefined;
  let offset = 0;
  try {
    while (!output.isClosed) {
      // Asked before reading: what was written before the end is read after it.
      const isLast = await hasEnded();
      handle ??= await open(file, 'r').catch(() => undefined);
      for (let read = -1; handle !== undefined && read !== 0 && !output.isClosed; ) {
        read = (await handle.read(buffer, 0, CHUNK, offset)).bytesRead;
        offset += read;
        if (read > 0) await output.writeBytes(buffer.subarray(0, read));
      }
      if (isLast) return;
      await new Promise<void>((resolve) => {
        const cancel = clock.after(LOOK_MS, resolve);
        watching.next(() => {
          cancel();
          resolve();
        });
      });
    }
  } finally {
    watching.close();
    await handle?.close();
  }
}

/** Reports of changes in a folder, where the system gives any. */
function watchOrNothing(folder: string): { next(listener: () => void): void; close(): void } {
  let notify: () => void = () => undefined;
  try {
    const watcher = watch(folder, () => notify());
    watcher.on('error', () => watcher.close());
    return { next: (listener) => void (notify = listener), close: () => watcher.close() };
  } catch {
    return { next: () => undefined, close: () => undefined };
  }
}
