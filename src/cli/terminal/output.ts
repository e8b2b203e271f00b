import { BrokenOff } from '../broken-off.ts';

/** Where a command writes. Lines for people and figures go out, hints and errors go to the side. */
export interface Output {
  write(text: string): void;
  /** Bytes as they are; resolves when there is room for more, or nobody reads any more. */
  writeBytes(bytes: Uint8Array): Promise<void>;
  writeError(text: string): void;
  /** Whether `write` reaches a terminal that can be redrawn. */
  readonly isTerminal: boolean;
  /** Size of that terminal now; `undefined` when there is none. */
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  /** Nobody reads any more what is written (`| head`), or it cannot be written. */
  readonly isClosed: boolean;
  /**
   * Resolves when all that was written is out, or nobody reads it.
   * @throws BrokenOff when it could not be written.
   */
  written(): Promise<void>;
}

/** The two standard streams; a reader that went away is no error. */
export function standardOutput(out: NodeJS.WriteStream, side: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Output {
  let isClosed = false;
  let failure: Error | undefined;
  const note = (error: NodeJS.ErrnoException | null | undefined): void => {
    if (error === null || error === undefined || isClosed) return;
    isClosed = true;
    if (error.code !== 'EPIPE' && error.code !== 'EOF') failure = error;
  };
  out.on('error', note);
  side.on('error', () => undefined);
  return {
    // What is told here comes before the event.
    write: (text) => void (isClosed || out.write(text, note)),
    writeBytes: (bytes) =>
      new Promise((resolve) => {
        if (isClosed) return resolve();
        // A copy, because the stream keeps it for as long as the reader is slow.
        out.write(Uint8Array.from(bytes), (error) => {
          note(error);
          resolve();
        });
      }),
    async written() {
      if (!isClosed) {
        await new Promise<void>((resolve) => {
          out.write('', (error) => {
            note(error);
            resolve();
          });
        });
      }
      if (failure !== undefined) throw new BrokenOff(`The output cannot be written: ${failure.message};`, 'make room for it, or let it go elsewhere. What was ordered has been done.');
    },
    writeError: (text) => void side.write(text),
    isTerminal: out.isTTY === true && env.TERM !== 'dumb',
    get columns() {
      return sizeOf(out, out.columns);
    },
    get rows() {
      return sizeOf(out, out.rows);
    },
    get isClosed() {
      return isClosed;
    },
  };
}

/** Some terminals, such as those of containers, have no size and say 0. */
function sizeOf(stream: NodeJS.WriteStream, size: number): number | undefined {
  return stream.isTTY && size > 0 ? size : undefined;
}
