import { execFileSync } from 'node:child_process';
import { aptCommand, installWithApt } from '../../../scripts/testing/apt.mjs';

/** Debian's package for each library that a bare container lacks and the packed Chromium needs. */
const packages: Readonly<Record<string, string>> = {
  'libexpat.so.1': 'libexpat1',
  'libnspr4.so': 'libnspr4',
  'libplc4.so': 'libnspr4',
  'libplds4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
};

/** Sees to it that a program finds its shared libraries; installs Debian's where this process may. */
export function bringLibraries(program: string): void {
  const missing = missingLibraries(program);
  if (missing.length === 0) return;
  const wanted = [...new Set(missing.map((library) => packages[library] ?? library))];
  process.stderr.write(`Chromium lacks ${missing.join(', ')}\n`);
  installWithApt(wanted);
  const still = missingLibraries(program);
  if (still.length > 0) {
    throw new Error(`Chromium (${program}) lacks ${still.join(', ')}. Install them as root (${aptCommand(wanted)}) or name another browser in CHROMIUM.`);
  }
}

function missingLibraries(program: string): string[] {
  const table = execFileSync('ldd', [program], { encoding: 'utf8' });
  return [...table.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '');
}
