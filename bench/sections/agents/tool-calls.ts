import fs from 'node:fs';
import path from 'node:path';
import { LockGuard } from '../../../src/agent/files/lock-guard.ts';
import { systemClock } from '../../../src/core/base/clock.ts';
import { DEFAULT_OPTIONS } from '../../../src/core/engine/engine-options.ts';
import type { EnginePort } from '../../../src/core/engine/engine-port.ts';
import { openEngine } from '../../../src/core/engine/open-engine.ts';
import type { Figure } from '../../figure.ts';
import { median, quantile } from '../../quantile.ts';
import { sample } from '../../sample.ts';

const TARGET_MS = 20;
const OTHERS = 200;

/** What an agent's tool call waits for before it may write: the lock manager's word. */
export async function toolCalls(scratch: string): Promise<readonly Figure[]> {
  const workspace = path.join(scratch, 'lab');
  fs.mkdirSync(path.join(workspace, 'others'), { recursive: true });
  const [engine, other] = await Promise.all([agentEngine(scratch), agentEngine(scratch)]);
  try {
    const guard = new LockGuard({ engine, request: { task: 0, name: 'Bench', workspace, cwd: workspace, files: [], context: [] }, record: { changed: () => undefined, diff: () => undefined }, clock: systemClock, ending: new Promise(() => undefined) });
    const file = path.join(workspace, 'data.json');
    const alone = await timesOf(guard, { writes: [file] });
    const command = await timesOf(guard, { writes: 'unknown', command: 'python3 make.py > data.json' });
    const files = Array.from({ length: OTHERS }, (_, n) => path.join(workspace, 'others', `${n}.csv`));
    for (const each of files) fs.writeFileSync(each, 'x'.repeat(10_000));
    await other.requestHold({ name: 'others', pid: process.pid, claims: files.map((each) => ({ path: each, mode: 'read' })) });
    const watched = await timesOf(guard, { writes: 'unknown', command: 'python3 make.py > data.json' });
    return [figure('an edit', alone), figure('a command', command), figure(`a command, ${OTHERS} files in use that are compared after it`, watched)].flat();
  } finally {
    await Promise.all([engine.close(), other.close()]);
  }
}

interface Times {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

async function timesOf(guard: LockGuard, call: { readonly writes: readonly string[] | 'unknown'; readonly command?: string }): Promise<Times> {
  const after: number[] = [];
  let id = 0;
  const before = await sample(async () => {
    const begin = performance.now();
    const permission = await guard.before({ id: String(++id), tool: 'Bench', ...call });
    const granted = performance.now();
    if (!permission.granted) throw new Error(`Expected the file to be free, got: ${permission.refusal.why}`);
    await guard.after(String(id));
    after.push(performance.now() - granted);
    return granted - begin;
  });
  return { before, after };
}

function figure(what: string, { before, after }: Times): Figure[] {
  return [{ what: `deciding on a tool call, p95; ${what}`, value: quantile(before, 0.95), unit: 'ms', target: TARGET_MS, beside: `p50 ${median(before).toFixed(1)} ms; giving back, p50 ${median(after).toFixed(1)} ms` }];
}

function agentEngine(scratch: string): Promise<EnginePort> {
  return openEngine({ ...DEFAULT_OPTIONS, home: path.join(scratch, 'locks'), kind: 'agent', roots: [], runsTasks: false });
}
