import { durableQueue } from '../contestants/durable-queue.ts';
import type { Contestant } from '../contestants/contestant.ts';
import { nodeSpawn } from '../contestants/node-spawn.ts';
import { findPeers } from '../contestants/peers.ts';
import { Rounds } from '../contestants/rounds.ts';
import type { Figure } from '../figure.ts';
import type { Section } from '../section.ts';

const JOBS = 1000;
const ROUNDS = 5;
/** No further round is begun after so long. */
const PATIENCE_MS = 35_000;
/** Those that a durable queue is held against. */
const MEASURES = ['GNU parallel', 'task-spooler'];
const OURS: readonly { readonly contestant: Contestant; readonly target: number }[] = [
  { contestant: durableQueue('durable queue, normal', 'normal'), target: 1.2 },
  { contestant: durableQueue('durable queue, full sync', 'full'), target: 1.6 },
];

export const dispatch: Section = {
  name: 'dispatch',
  title: `Time per job: ${JOBS.toLocaleString('en')} × true, two at a time`,
  limitMs: 90_000,
  async measure(scratch, note) {
    const peers = findPeers();
    if (peers.absent.length > 0) note(`Not on this machine: ${peers.absent.join(', ')}.`);
    const contestants = [...OURS.map((our) => our.contestant), nodeSpawn, ...peers.present];
    const rounds = await Rounds.run(contestants, ['true'], JOBS, scratch, { rounds: ROUNDS, patienceMs: PATIENCE_MS });
    note(`Medians of ${rounds.count} rounds in turns; a ratio is that of the same round.`);
    return contestants.map((contestant): Figure => {
      const target = OURS.find((our) => our.contestant === contestant)?.target;
      const ratios = target === undefined ? [] : MEASURES.filter((name) => rounds.has(name)).map((name) => `${rounds.ratio(contestant.name, name).toFixed(2)} × ${name}`);
      const cpu = rounds.cpuPerJob(contestant.name);
      const beside = [...ratios, ...(cpu === undefined ? [] : [`${cpu.toFixed(2)} ms CPU${target === undefined ? '' : ' in the engine'}`])];
      return { what: contestant.name, value: rounds.perJob(contestant.name), unit: 'ms', ...(target !== undefined && { target }), ...(beside.length > 0 && { beside: beside.join(', ') }) };
    });
  },
};
