import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { extensionEntry, extensionSizes, mostAtActivation } from '../../scripts/loaded-with.mjs';
import type { Figure } from '../figure.ts';
import type { Section } from '../section.ts';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

export const bundles: Section = {
  name: 'bundles',
  title: 'What is loaded, minified',
  limitMs: 10_000,
  measure(_scratch, note) {
    const files = fs.existsSync(DIST) ? fs.readdirSync(DIST).filter((file) => /\.c?js$/.test(file)) : [];
    if (files.length === 0 || !fs.existsSync(extensionEntry)) throw new Error('nothing is built; `node esbuild.mjs --production` does it');
    const minified = !files.some((file) => fs.existsSync(path.join(DIST, `${file}.map`)));
    if (!minified) note('Not minified: `node esbuild.mjs --production` builds what is released.');
    const { atActivation, whole } = extensionSizes();
    return Promise.resolve([
      { what: 'extension, at activation', value: atActivation / 1000, unit: 'kB', target: mostAtActivation / 1000 },
      { what: 'extension, with what is loaded on use', value: whole / 1000, unit: 'kB' },
      ...files.sort().map((file): Figure => ({ what: file, value: fs.statSync(path.join(DIST, file)).size / 1000, unit: 'kB' })),
    ]);
  },
};
