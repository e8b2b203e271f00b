import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstGuess, setAside } from '../../../../../src/core/engine/needs/first-guess.ts';
import type { StoredRun } from '../../../../../src/core/store/run-table.ts';
import { sampleRun } from '../../../../support/sample-run.ts';

const MB = 1e6;
const GB = 1e9;
const type = { name: 'utility', limit: 5, cpu: 0.25, memory: 32 * MB };

const GUESSES: readonly (readonly [what: string, total: number, seen: number, limit: number | undefined, megabytes: number])[] = [
  ['half a gigabyte on a large machine', 64 * GB, 0, undefined, 512],
  ['a thirty-second of a small one', 4 * GB, 0, undefined, 125],
  ['at least what its type says', 0.5 * GB, 0, undefined, 32],
  ['what others of its script were seen to use, if that is more', 64 * GB, 2 * GB, undefined, 2000],
  ['not less for what they use so far', 64 * GB, 20 * MB, undefined, 512],
  ['no more than its limit', 64 * GB, 2 * GB, 100 * MB, 100],
];

for (const [what, total, seen, limit, expected] of GUESSES) {
  test(`of an unknown script is supposed: ${what}`, () => assert.equal(firstGuess(type, total, seen, limit).memory / MB, expected));
}

test('an unknown script is supposed to keep most of a core busy, or what its type says', () => {
  assert.deepEqual([firstGuess(type, GB, 0).cpu, firstGuess({ ...type, cpu: 2 }, GB, 0).cpu], [0.75, 2]);
});

const guessed = { claimedAt: 1000, startedAt: 1100, reservedCpu: 0.75, cpuFrom: 'guess', reservedMemory: 512 * MB, memoryFrom: 'guess' } as const;

const AGES: readonly (readonly [what: string, run: Partial<StoredRun>, age: number, cpu: number, megabytes: number])[] = [
  ['all of a guess at first', { ...guessed, coresWanted: 0.1, memory: MB, peakMemory: MB }, 100, 0.75, 512],
  ['the cores until they were looked at', guessed, 300, 0.75, 512],
  ['the cores of its type as soon as it hardly computes', { ...guessed, coresWanted: 0.1 }, 300, 0.25, 512],
  ['the cores that were guessed while it may want more than it gets', { ...guessed, coresWanted: 0.4 }, 4900, 0.75, 512],
  ['the cores that it was seen to use, then', { ...guessed, coresWanted: 0.4 }, 5000, 0.4, 32],
  ['the cores that it uses', { ...guessed, coresWanted: 1.5 }, 300, 1.5, 512],
  ['the memory for some seconds more', { ...guessed, coresWanted: 0.1, peakMemory: MB }, 4900, 0.25, 512],
  ['what its type says, then', { ...guessed, coresWanted: 0.1, peakMemory: MB }, 5000, 0.25, 32],
  ['the most that it used', { ...guessed, coresWanted: 0.1, memory: 10 * MB, peakMemory: 300 * MB }, 5000, 0.25, 300],
  ['no guess for hours when the clock is set back', { ...guessed, coresWanted: 0.1, peakMemory: MB }, -3_600_000, 0.25, 32],
  ['what was declared, to the end', { ...guessed, cpuFrom: 'declared', memoryFrom: 'declared', cores: 0.1, peakMemory: MB }, 60_000, 0.75, 512],
  ['what was declared, though it computes while it starts', { ...guessed, cpuFrom: 'declared', coresWanted: 1.5 }, 999, 0.75, 512],
  ['what was learned, though it computes while it starts', { ...guessed, cpuFrom: 'learned', coresWanted: 1.5 }, 999, 0.75, 512],
  ['the cores that it uses beyond what was declared, then', { ...guessed, cpuFrom: 'declared', coresWanted: 1.5 }, 1000, 1.5, 512],
  ['what was set aside by an earlier version, to the end', { ...guessed, cpuFrom: undefined, memoryFrom: undefined, cores: 0.1 }, 60_000, 0.75, 512],
];

for (const [what, run, age, cpu, megabytes] of AGES) {
  test(`a run has set aside: ${what}`, () => {
    const found = setAside(sampleRun(run), type, 1100 + age);
    assert.deepEqual([found.cpu, found.memory / MB], [cpu, megabytes]);
  });
}

test('a run that has only been claimed is as young as can be', () => {
  assert.equal(setAside(sampleRun({ ...guessed, startedAt: undefined }), type, 1100).memory, 512 * MB);
});
