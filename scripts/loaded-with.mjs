// What is read from the disk before the first line of a bundled module runs, and what only when it is used.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The folder of the extension's own bundle, and the file of it that VS Code loads when it activates the extension. */
export const extensionFolder = join(root, 'dist', 'extension');
export const extensionEntry = join(extensionFolder, 'main.js');

/** As many bytes, minified, may be loaded when a window activates the extension. */
export const mostAtActivation = 300_000;

/** The bundler writes all imports that are not dynamic like this. */
const STATIC_IMPORT = /(?:^|[;}\n])(?:import|export)[^"'`();]*"(\.\/[^"]+)"/g;

/** A module, and all files that it imports before it runs. */
export function loadedWith(entry) {
  const files = new Set([entry]);
  // A set is walked to its end, whatever is added meanwhile.
  for (const file of files) {
    for (const [, name] of readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)) {
      const imported = join(dirname(file), name);
      if (existsSync(imported)) files.add(imported);
    }
  }
  return [...files];
}

/** Bytes of the extension's bundle that are loaded at activation, and of the whole. */
export function extensionSizes() {
  const sum = (files) => files.reduce((bytes, file) => bytes + statSync(file).size, 0);
  return {
    atActivation: sum(loadedWith(extensionEntry)),
    whole: sum(readdirSync(extensionFolder).filter((name) => name.endsWith('.js')).map((name) => join(extensionFolder, name))),
  };
}
