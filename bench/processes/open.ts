// Opens an engine over a state folder, reads the first page of the tree, and tells how long both took.
import { openEngine } from '../../src/core/engine/open-engine.ts';
import { optionsForBench } from '../open-for-bench.ts';

export interface OpenInput {
  readonly home: string;
}

export interface OpenOutput {
  readonly openMs: number;
  readonly pageMs: number;
}

const PAGE = 100;
const GROUPS = ['running', 'waiting', 'scheduled', 'finished'] as const;

const { home } = JSON.parse(process.argv[2]!) as OpenInput;
const begin = performance.now();
const engine = await openEngine(optionsForBench(home));
const opened = performance.now();
const roots = [home];
const [, batches, ...pages] = await Promise.all([engine.status(roots), engine.batches(roots, PAGE), ...GROUPS.map((group) => engine.query({ group, roots, offset: 0, limit: PAGE }))]);
const paged = performance.now();
if (batches.length !== PAGE || pages.at(-1)?.items.length !== PAGE) throw new Error('Expected full pages');
await engine.close();
process.stdout.write(JSON.stringify({ openMs: opened - begin, pageMs: paged - opened } satisfies OpenOutput));
