import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { durableQueue } from '../contestants/durable-queue.ts';
import { findPeers } from '../contestants/peers.ts';
import type { Contestant } from '../contestants/contestant.ts';
import type { Figure } from '../figure.ts';
import type { PipeClockOutput } from '../processes/pipe-clock.ts';
import { quantile } from '../quantile.ts';
import { runProcess } from '../run-process.ts';
import type { Section } from '../section.ts';

const JOBS = 120;
const ROUNDS = 2;
const JOB_SECONDS = '0.02';
const TARGETS = { p50: 2, p99: 10 };

export const turnover: Section = {
  name: 'turnover',
  title: 'Slot free → next start: from the last line of a job to the first line of the next',
  limitMs: 60_000,
  async measure(scratch, note) {
    const ours = durableQueue('durable queue, normal', 'normal');
    const contestants = [ours, ...findPeers().present];
    const gaps = new Map<string, number[]>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const contestant of contestants) gaps.set(contestant.name, [...(gaps.get(contestant.name) ?? []), ...(await gapsOf(contestant, scratch))]);
    }
    note(`Jobs of ${Number(JOB_SECONDS) * 1000} ms in a shell, whose own start and end, about a millisecond, are part of every figure.`);
    return contestants.flatMap(({ name }): Figure[] => {
      const times = gaps.get(name)!;
      const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
      if (name !== ours.name) return [{ what: name, value: p50, unit: 'ms', beside: `p99 ${p99.toFixed(2)} ms` }];
      return [
        { what: `${name}, p50`, value: p50, unit: 'ms', target: TARGETS.p50 },
        { what: `${name}, p99`, value: p99, unit: 'ms', target: TARGETS.p99 },
      ];
    });
  },
};

async function gapsOf(contestant: Contestant, scratch: string): Promise<number[]> {
  const folder = fs.mkdtempSync(path.join(scratch, 'turnover-'));
  const pipe = path.join(folder, 'pipe');
  const job = path.join(folder, 'job.sh');
  execFileSync('mkfifo', [pipe]);
  fs.writeFileSync(job, `printf s >> '${pipe}'\nsleep ${JOB_SECONDS}\nprintf e >> '${pipe}'\n`);
  const clock = runProcess<PipeClockOutput>('pipe-clock.ts', { pipe });
  try {
    await contestant.run({ argv: ['/bin/sh', job], count: Math.min(JOBS, contestant.most ?? JOBS) }, folder);
  } finally {
    fs.appendFileSync(pipe, 'q');
  }
  return pair((await clock).events);
}

/** Each start belongs to the slot that has been free for longest. */
function pair(events: PipeClockOutput['events']): number[] {
  const free: number[] = [];
  const gaps: number[] = [];
  for (const { letter, at } of events) {
    if (letter === 'e') free.push(at);
    if (letter !== 's') continue;
    const since = free.shift();
    if (since !== undefined) gaps.push(at - since);
  }
  return gaps;
}
