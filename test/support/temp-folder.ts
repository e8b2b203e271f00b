import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Owner {
  after(clean: () => void): void;
}

/** A folder for a test, gone when the test has ended. Its path has no symbolic links. */
export function tempFolder(t: Owner): string {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'parallel-workflow-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
