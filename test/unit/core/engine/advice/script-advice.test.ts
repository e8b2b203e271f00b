import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scriptAdvice } from '../../../../../src/core/engine/advice/script-advice.ts';
import { recommendations } from '../../../../../src/core/engine/advice/recommendations.ts';
import type { StoredScriptRun } from '../../../../../src/core/store/script-run-table.ts';
import { SeededRandom, seedFor } from '../../../../support/seeded-random.ts';
import { history, MB, points, scriptRun } from './sample-history.ts';

/** `+` went well, `-` did not. */
const ends = (text: string, args = '[]'): StoredScriptRun[] => [...text].map((end) => scriptRun({ args, asExpected: end === '+' }));
const lasting = (...durations: readonly number[]): StoredScriptRun[] => durations.map((wallMs) => scriptRun({ wallMs }));
const peaks = (limit: number, ...figures: readonly number[]): StoredScriptRun[] => figures.map((figure) => scriptRun({ memoryLimit: limit * MB, peakMemory: figure * MB, asExpected: figure <= limit }));

const CASES: readonly (readonly [what: string, runs: readonly StoredScriptRun[], kinds: readonly string[]])[] = [
  ['a script fails now and then', ends('++-++-++'), ['flaky']],
  ['a script fails rarely', ends(`${'+'.repeat(20)}-${'+'.repeat(20)}`), []],
  ['a script fails mostly', ends('--+--+--'), []],
  ['a script broke', ends('++++++---'), []],
  ['a script was mended', ends('----+++++'), []],
  ['a script broke and was mended', ends('+++--+++++'), []],
  ['there are too few runs to call it flaky', ends('+-+-+-+'), []],
  ['some arguments fail always, others never', [...ends('------', '[1]'), ...ends('++++++', '[2]')], []],

  ['a script became slower', lasting(...Array.from({ length: 9 }, () => 1000), 1500, 1500, 1500), ['slower']],
  ['a script became a little slower', lasting(...Array.from({ length: 9 }, () => 1000), 1250, 1250, 1250), []],
  ['a script was slow once', lasting(...Array.from({ length: 11 }, () => 1000), 9000), []],
  ['a script was as slow at times before', lasting(1000, 1500, 1000, 1500, 1000, 1000, 1500, 1000, 1000, 1500, 1500, 1500), []],
  ['there are too few runs to call it slower', lasting(...Array.from({ length: 8 }, () => 1000), 1500, 1500, 1500), []],
  ['a script became faster', lasting(...Array.from({ length: 9 }, () => 1500), 1000, 1000, 1000), []],

  ['peaks are near the limit', peaks(100, 91, 92, 95, 99, 90), ['memory-limit']],
  ['runs were ended for their memory', peaks(100, 50, 101, 102, 50, 120), ['memory-limit']],
  ['one run was ended for its memory', peaks(100, 50, 50, 50, 120, 50), []],
  ['peaks are far from the limit', peaks(100, 50, 60, 70, 80, 89), []],
  ['peaks were near a limit that was raised since', [...peaks(100, 91, 92, 95, 99, 90), ...peaks(200, 95)], []],
];

for (const [what, runs, kinds] of CASES) {
  test(`${kinds.length === 0 ? 'no advice' : 'advice'} when ${what}`, () => assert.deepEqual(scriptAdvice(runs).map(({ kind }) => kind), kinds));
}

test('each has its evidence in figures', () => {
  assert.deepEqual(
    [ends('++-++-++'), lasting(...Array.from({ length: 9 }, () => 1000), 1500, 1500, 1500), peaks(100, 91, 92, 95, 99, 90)].flatMap((runs) => scriptAdvice(runs).map(({ id, title, evidence }) => `${id} | ${title} | ${evidence}`)),
    [
      'flaky /lab/a.py | `a.py` fails now and then | With the same arguments 6 of 8 runs ended as expected (75 %), and it changed 4 times between the two.',
      'slower /lab/a.py | `a.py` has become slower | The latest 3 runs took 1.5 s, the 9 before 1 s (medians): 1.5 times as long.',
      'memory-limit /lab/a.py | The memory limit of `a.py` is tight | 5 of 5 runs used 90 % or more of its limit of 100 MB, 0 were ended for it; the highest peak was 99 MB.',
    ],
  );
});

test('noise gives no advice', (t) => {
  const random = new SeededRandom(seedFor(t));
  const about = (figure: number): number => figure * (0.9 + 0.2 * random.next());
  for (let round = 0; round < 100; round++) {
    const allRuns = Array.from({ length: random.between(1, 200) }, (_, index) =>
      scriptRun({ startedAt: index * random.between(500, 2000), wallMs: about(1000), cpuMs: about(900), peakMemory: about(250 * MB), memoryLimit: 400 * MB, args: `[${random.between(0, 2)}]` }),
    );
    assert.deepEqual(recommendations(history({ scriptRuns: allRuns, allRuns, points: points(60, random.next(), 0.8 * random.next()) })), []);
  }
});
