import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { EnginePort } from '../../src/core/engine/engine-port.ts';
import { letGo } from '../../src/core/engine/files/let-go.ts';
import { openEngine } from '../../src/core/engine/open-engine.ts';
import { pathFinder } from '../../src/core/launch/find-program.ts';
import type { Claim } from '../../src/core/model/files/claim.ts';
import { holderOfHold, type HoldId } from '../../src/core/model/ids.ts';
import { DEFAULT_LIMITS } from '../../src/core/model/limits.ts';
import type { Figure } from '../figure.ts';
import { optionsForBench } from '../open-for-bench.ts';
import { median, quantile } from '../quantile.ts';
import { sample, timed } from '../sample.ts';
import type { Section } from '../section.ts';
import { Decider, ROOMY } from '../store/decider.ts';
import { fillQueue } from '../store/fill-store.ts';
import { holdFiles } from '../store/hold-files.ts';
import { withStore } from '../store/open-store.ts';

const run = promisify(execFile);
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const COUNT = 10_000;
const TARGET_MS = 5;
const ROUNDS = 15;
const ONE_AT_A_TIME = { ...DEFAULT_LIMITS, total: 1 };

export const locks: Section = {
  name: 'locks',
  title: 'Locks: 10,000 files held, 10,000 tasks waiting',
  limitMs: 90_000,
  async measure(scratch, note) {
    return [...(await deciding(scratch)), ...(await taking(path.join(scratch, 'engine'))), ...(await commandLine(path.join(scratch, 'cli'), note))];
  },
};

interface Situation {
  readonly what: string;
  /** Of the n-th task. */
  readonly claims: (folder: string, n: number) => Claim;
  /** Whether all of the tasks wait, each for what the n-th lock is on, or all for the first. */
  readonly waits: 'not' | 'each' | 'all';
}

const SITUATIONS: readonly Situation[] = [
  { what: 'none of the tasks wants a file that is held', claims: (folder, n) => ({ path: `${folder}/out_${n}`, mode: 'write' }), waits: 'not' },
  { what: 'each waits for a file of its own', claims: (folder, n) => ({ path: `${folder}/held_${n}`, mode: 'write' }), waits: 'each' },
  { what: 'each waits for a glob of its own', claims: (folder, n) => ({ path: `${folder}/held_${n}`, glob: '**/*.csv', mode: 'write' }), waits: 'each' },
  { what: 'all wait to write one file', claims: (folder) => ({ path: `${folder}/held_0`, mode: 'write' }), waits: 'all' },
  { what: 'all wait to read one file', claims: (folder) => ({ path: `${folder}/held_0`, mode: 'read' }), waits: 'all' },
];

async function deciding(scratch: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [index, { what, claims, waits }] of SITUATIONS.entries()) {
    const home = path.join(scratch, String(index));
    await withStore(home, async (store) => {
      fillQueue(store, home, COUNT, (n) => [claims(home, n)]);
      const decider = new Decider(store, home);
      const ids = holdFiles(store, decider.engine, Array.from({ length: COUNT }, (_, n) => `${home}/held_${n}`));
      if (waits === 'not') {
        figures.push(decisionFigure(what, await sample(() => decider.timeOf(ROOMY, ONE_AT_A_TIME, 1))));
        return;
      }
      // Those that come first find out that they wait; afterwards nobody looks at them.
      while (decider.decide(ROOMY, ONE_AT_A_TIME).unfinished);
      let turn = 0;
      const next = (): HoldId => ids[waits === 'all' ? 0 : (turn += 7919) % COUNT]!;
      const giving: number[] = [];
      const times = await sample(() => {
        const { beforeMs, decisionMs } = decider.timesAfter(() => letGo(store, holderOfHold(next())), ROOMY, ONE_AT_A_TIME);
        giving.push(beforeMs);
        return decisionMs;
      });
      figures.push(decisionFigure(`${what}, and one is given back`, times), { what: `  giving it back, p95`, value: quantile(giving, 0.95), unit: 'ms', beside: `p50 ${median(giving).toFixed(2)} ms` });
    });
  }
  return figures;
}

function decisionFigure(what: string, times: readonly number[]): Figure {
  return { what: `deciding, p95; ${what}`, value: quantile(times, 0.95), unit: 'ms', target: TARGET_MS, beside: `p50 ${median(times).toFixed(2)} ms` };
}

/** Through the port of an engine, as `parallel-workflow lock` does. */
async function taking(home: string): Promise<Figure[]> {
  const engine = await openEngine(optionsForBench(home, { roots: [] }));
  try {
    const alone = await sample(() => timed(() => takeAndGiveBack(engine, home)));
    const claims = Array.from({ length: COUNT }, (_, n) => ({ path: `${home}/held_${n}`, mode: 'write' as const }));
    await engine.requestHold({ name: 'bench', pid: process.pid, claims });
    const among = await sample(() => timed(() => takeAndGiveBack(engine, home)));
    return [
      { what: 'taking and giving back one lock, nothing else held', value: median(alone), unit: 'ms', beside: `p95 ${quantile(alone, 0.95).toFixed(2)} ms` },
      { what: 'taking and giving back one lock, 10,000 held', value: median(among), unit: 'ms', beside: `p95 ${quantile(among, 0.95).toFixed(2)} ms` },
    ];
  } finally {
    await engine.close();
  }
}

async function takeAndGiveBack(engine: EnginePort, home: string): Promise<void> {
  const { id, state } = await engine.requestHold({ name: 'bench', pid: process.pid, claims: [{ path: `${home}/data.json`, mode: 'write' }] });
  if (state !== 'held') throw new Error('Expected the file to be free');
  await engine.endHold(id);
}

async function commandLine(home: string, note: (text: string) => void): Promise<Figure[]> {
  if (!fs.existsSync(CLI)) throw new Error('dist/cli.js is not built; `node esbuild.mjs --production` does it');
  fs.mkdirSync(home);
  const flock = pathFinder().find('flock');
  if (flock === undefined) note('Not on this machine: flock.');
  const commands = new Map<string, readonly string[]>([
    ['`parallel-workflow lock FILE -- true`', [process.execPath, CLI, 'lock', 'data.json', '--home', home, '--', 'true']],
    ...(flock === undefined ? [] : [['`flock FILE true`', [flock, 'data.lock', 'true']] as const]),
    ['Node alone', [process.execPath, '-e', '0']],
  ]);
  const times = new Map<string, number[]>([...commands.keys()].map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, [program, ...args]] of commands) times.get(name)!.push(await timed(() => run(program!, args, { cwd: home })));
  }
  const [ours, ...others] = [...times].map(([name, values]) => ({ name, value: median(values) }));
  return [{ what: ours!.name, value: ours!.value, unit: 'ms', beside: others.map(({ name, value }) => `${(ours!.value / value).toFixed(1)} × ${name}`).join(', ') }, ...others.map(({ name, value }): Figure => ({ what: name, value, unit: 'ms' }))];
}
