// Reads a named pipe and notes when each letter comes: `s` a job begins, `e` it ends, `q` there are no more.
import fs from 'node:fs';

export interface PipeClockOutput {
  /** In the order in which they came; milliseconds. */
  readonly events: readonly { readonly letter: string; readonly at: number }[];
}

const { pipe } = JSON.parse(process.argv[2]!) as { pipe: string };
// Opened for writing as well, so that it never ends between two writers. Reading blocks: nothing is quicker to wake.
const file = fs.openSync(pipe, 'r+');
const buffer = Buffer.alloc(4096);
const events: { letter: string; at: number }[] = [];
for (let last = ''; last !== 'q'; ) {
  const length = fs.readSync(file, buffer);
  const at = performance.now();
  for (const letter of buffer.toString('latin1', 0, length)) {
    events.push({ letter, at });
    last = letter;
  }
}
process.stdout.write(JSON.stringify({ events } satisfies PipeClockOutput));
