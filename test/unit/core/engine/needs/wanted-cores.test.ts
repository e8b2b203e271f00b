import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wantedCores } from '../../../../../src/core/engine/needs/wanted-cores.ts';

const CASES: readonly (readonly [what: string, cpuMs: number, waitedMs: number, lastedMs: number, cores: number])[] = [
  ['what it computed, if it never waited', 300, 0, 1000, 0.3],
  ['one core, if it did nothing but compute and wait', 250, 750, 1000, 1],
  ['what it would have used in the shorter time, if it also slept', 190, 500, 1000, 0.4],
  ['two cores, of two that shared one and a half', 1500, 500, 1000, 2],
  ['a core for each of many that waited', 2000, 14_000, 1000, 16],
  ['no more than it can have wanted, if the kernel has not counted its share yet', 0, 100, 1000, 10 / 900],
  ['nothing in no time', 0, 0, 0, 0],
];

for (const [what, cpuMs, waitedMs, lastedMs, cores] of CASES) {
  test(`it is taken to want ${what}`, () => assert.equal(wantedCores(cpuMs, waitedMs, lastedMs), cores));
}
