import { rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './node.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Installs the locked dependencies when they are missing or older than the lock file. */
export function installDependencies() {
  const record = join(root, 'node_modules', '.package-lock.json');
  const changed = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (changed(record) >= changed(join(root, 'package-lock.json'))) return;
  process.stderr.write('Installing dependencies with npm\n');
  try {
    npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  } catch (error) {
    // A half-made node_modules would pass for a whole one next time.
    rmSync(record, { force: true });
    throw new Error('`npm ci` failed, see above. Check the connection to the npm registry and try again.', { cause: error });
  }
}
