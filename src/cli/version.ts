import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The version in the package's manifest, which lies one folder above the bundle and two above the source. */
export function programVersion(programFile: string): string {
  const folder = path.dirname(programFile);
  return versionIn(path.join(folder, '..', 'package.json')) ?? versionIn(path.join(folder, '..', '..', 'package.json')) ?? 'unknown';
}

function versionIn(file: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
    // The bundle's own folder holds a manifest too, one that only names a module format.
    const isOurs = typeof manifest === 'object' && manifest !== null && 'name' in manifest && manifest.name === 'parallel-workflow';
    return isOurs && 'version' in manifest ? String(manifest.version) : undefined;
  } catch {
    return undefined;
  }
}
