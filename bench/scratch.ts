import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** An empty folder on a real disk: in a file system of memory a sync would cost nothing. `/var/tmp` outlives a boot by definition (FHS). */
export function makeScratch(): string {
  const parent = fs.existsSync('/var/tmp') ? '/var/tmp' : os.tmpdir();
  return fs.mkdtempSync(path.join(parent, 'parallel-workflow-bench-'));
}

/** Only when all is measured: ext4 is slow to make files where many were removed during the last minutes. */
export function removeScratch(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
