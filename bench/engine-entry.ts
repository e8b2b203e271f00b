import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

const BUNDLE = fileURLToPath(new URL('../dist/engine-worker.cjs', import.meta.url));
const SOURCE = fileURLToPath(new URL('../src/host/engine-worker.ts', import.meta.url));

/** Entry of the engine's thread: what is released, where it was built. */
export const engineEntry = fs.existsSync(BUNDLE) ? { file: BUNDLE, name: 'bundled' } : { file: SOURCE, name: 'from its source' };
