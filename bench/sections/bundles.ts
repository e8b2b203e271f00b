import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure } from '../figure.ts';
import type { Section } from '../section.ts';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const TARGETS_KB: Readonly<Record<string, number>> = { 'extension.cjs': 300 };

export const bundles: Section = {
  name: 'bundles',
  title: 'What is loaded, minified',
  limitMs: 10_000,
  measure(_scratch, note) {
    const files = fs.existsSync(DIST) ? fs.readdirSync(DIST).filter((file) => /\.c?js$/.test(file)) : [];
    if (files.length === 0) throw new Error('nothing is built; `node esbuild.mjs --production` does it');
    const minified = !files.some((file) => fs.existsSync(path.join(DIST, `${file}.map`)));
    if (!minified) note('Not minified: `node esbuild.mjs --production` builds what is released.');
    return Promise.resolve(
      files.sort().map((file): Figure => {
        const target = TARGETS_KB[file];
        return { what: file, value: fs.statSync(path.join(DIST, file)).size / 1000, unit: 'kB', ...(target !== undefined && { target }) };
      }),
    );
  },
};
