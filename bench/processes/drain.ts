// Opens an engine over a new store, hands it jobs and waits until all have ended.
import type { EngineOptions } from '../../src/core/engine/engine-options.ts';
import type { EnginePort } from '../../src/core/engine/engine-port.ts';
import type { Timing, Workload } from '../contestants/contestant.ts';
import { openForBench } from '../open-for-bench.ts';

export interface DrainInput extends Workload {
  readonly home: string;
  readonly durability: EngineOptions['durability'];
}

export type DrainOutput = Timing;

const input = JSON.parse(process.argv[2]!) as DrainInput;
const engine = await openForBench(input.home, { durability: input.durability });
const begin = performance.now();
const beforeCpu = process.cpuUsage();
const request = { workspace: input.home, name: 'Bench', tasks: Array.from({ length: input.count }, () => ({ command: input.argv })), confine: false };
const submitted = await engine.submit(request);
if (!submitted.ok) throw new Error(JSON.stringify(submitted.error));
await allFinished(engine, input.home, input.count);
// Notices of changes are coalesced: the last end that was written down tells the time better.
const [last] = (await engine.query({ group: 'finished', roots: [input.home], offset: 0, limit: 1 })).items;
if (last?.task.state.status !== 'finished') throw new Error('No task has finished');
const cpu = process.cpuUsage(beforeCpu);
const output: DrainOutput = { wallMs: last.task.state.finishedAt - (performance.timeOrigin + begin), cpuMs: (cpu.user + cpu.system) / 1000 };
await engine.close();
process.stdout.write(JSON.stringify(output));

function allFinished(port: EnginePort, root: string, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    port.onDidChange(() => {
      void port.status([root]).then(({ counts }) => {
        if (counts.failed > 0) reject(new Error(`${counts.failed} jobs failed`));
        if (counts.finished === count) resolve();
      }, reject);
    });
  });
}
