import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ConfigFile } from '../../../../src/core/config/config-files.ts';
import type { Config } from '../../../../src/core/config/fallen-back.ts';
import { parseConfig } from '../../../../src/core/config/parse-config.ts';

const MACHINE = { cores: 8, memory: 16 * 2 ** 30 };

/** What is in force of a file, setting by setting, and what is told of it. */
function read(file: ConfigFile, config: unknown, before?: Config) {
  const { values = [], problems, unclear, said } = parseConfig(file, typeof config === 'string' ? config : JSON.stringify(config, null, 2), MACHINE, before);
  return { set: Object.fromEntries(values.map(({ key, value }) => [key, value])), told: problems.map(({ place, message }) => `${place.line + 1}: ${message}`), unclear, said, keys: problems.map(({ key }) => key) };
}

describe('a wrong value', () => {
  test('leaves the others in force, and the one before in its place', () => {
    const wrong = { maxParallel: 'six', memoryThreshold: 80 };
    assert.deepEqual(read('parallel', wrong).set, { memoryThreshold: 80 });
    const { set, told, keys } = read('parallel', wrong, { maxParallel: 6, memoryThreshold: 70, graceSeconds: 9 });
    assert.deepEqual([set, told, keys], [{ maxParallel: 6, memoryThreshold: 80 }, ['2: `maxParallel`: expected a number, got `"six"`; `6`, what the file said before, stays in force'], ['maxParallel']]);
  });

  for (const [file, wrong, set] of [
    ['parallel', { maxParallel: 0 }, { maxParallel: 1 }],
    ['parallel', { maxParallel: 2.5 }, { maxParallel: 2 }],
    ['parallel', { maxParallel: 5000 }, {}],
    ['parallel', { types: { simulation: { limit: 0, cpu: 2 } } }, { types: { simulation: { limit: 1, cpu: 2 } } }],
    ['parallel', { agents: { claude: { capacity: -1 } } }, { 'agents.claude.capacity': 0 }],
    ['parallel', { agents: { handover: 'nevr', maxCost: '2' } }, { 'agents.handover': 'never' }],
    ['parallel', { agents: { handovr: 'never' } }, { 'agents.handover': 'never' }],
    ['parallel', { agents: { handovr: 'never', handover: 'allow' } }, { 'agents.handover': 'allow' }],
    ['execution', { roles: { gui_testing: { enabled: 'no', priority: 3 } } }, { 'roles.definitions': { gui_testing: { enabled: false, priority: 3 } } }],
    ['execution', { roles: { gui_testing: { enabeld: false } } }, { 'roles.definitions': { gui_testing: { enabled: false } } }],
    ['resource', { adaptive: 'off', whenCritical: 'kil' }, { 'machine.adaptive': false, 'machine.whenCritical': 'wait' }],
  ] as const)
    test(`never allows what was to be forbidden: ${JSON.stringify(wrong)}`, () => {
      const first = read(file, wrong);
      assert.deepEqual(first.set, set);
      // The careful choice is nobody's word: it is told as such the next time, too.
      assert.deepEqual(read(file, wrong, first.said), first);
    });

  test('of a role or a type leaves its other fields in force', () => {
    assert.deepEqual(read('execution', { roles: { night: { command: 'make', priority: 'low', enabled: false }, day: 7, eve: { label: 'Eve' } } }).set, { 'roles.definitions': { night: { priority: 'low', enabled: false }, eve: { label: 'Eve' } } });
    assert.deepEqual(read('parallel', { types: { render: { limit: 1, memory: 'lots' } } }).set, { types: { render: { limit: 1 } } });
  });

  test('in several places is told in each', () => {
    const { set, told } = read('parallel', { maxParallel: 'x', types: { a: { limit: 'y', cpu: 1 }, 'b c': {} }, graceSeconds: 3 });
    assert.deepEqual([set, told.length], [{ types: { a: { cpu: 1 } }, graceSeconds: 3 }, 3]);
  });

  test('of a list that is a whole takes the list along', () => {
    const { set, told } = read('execution', { roles: { night: { command: ['make', 7, true] } } }, { roles: { night: { command: ['make'] } } });
    assert.deepEqual([set, told.map((line) => line.slice(0, 32))], [{ 'roles.definitions': { night: { command: ['make'] } } }, ['6: `roles.night.command.1`: expe', '7: `roles.night.command.2`: expe']]);
  });

  test('in a version to come may mean anything: nothing of the file is in force, or what it said before', () => {
    assert.deepEqual([read('parallel', { version: 3, maxParallel: 4 }).set, read('parallel', { version: 3, maxParallel: 4 }).told], [{}, ['2: `version`: expected `2`, got `3`; the file is not in force']]);
  });
});

describe('a name that nobody knows', () => {
  const before = { maxParallel: 6, memoryThreshold: 70, types: { render: { limit: 2 } } };

  test('may be meant for what is no longer there, which stays', () => {
    const { set, told } = read('parallel', { maxParalel: 4, memoryThreshold: 80 }, before);
    assert.deepEqual(set, { maxParallel: 6, memoryThreshold: 80, types: { render: { limit: 2 } } });
    assert.deepEqual(told, ['2: `maxParalel`: unknown field; did you mean `maxParallel`? It is left out; of `maxParallel` `6`, what the file said before, stays in force; of `types` `{"render":{"limit":2}}`, what the file said before, stays in force']);
    assert.deepEqual(read('parallel', { memoryThreshold: 80 }, before).set, { memoryThreshold: 80 });
  });

  test('or that none can have, as of a type or a role', () => {
    assert.deepEqual(read('parallel', { types: { 'render it': { limit: 1 } } }, before).set, { types: { render: { limit: 2 } } });
    assert.deepEqual(read('parallel', { types: { claude: { limit: 1 }, render: {} } }).set, { types: { render: {} } });
  });

  test('leaves open what else it might be', () => {
    assert.deepEqual(read('scheduler', { shedules: [] }).unclear, ['schedules']);
    assert.deepEqual(read('scheduler', { schedules: 7 }).unclear, ['schedules']);
    assert.deepEqual(read('scheduler', { shedules: [], schedules: [] }).unclear, []);
    assert.deepEqual(read('parallel', { executionMode: 'claud' }).unclear, ['agents.executionMode']);
    assert.deepEqual(read('parallel', { agents: { executionMode: 'takeover' } }).unclear, []);
    assert.ok(read('parallel', '{').unclear.includes('maxParallel'));
    assert.deepEqual([...read('scheduler', { shedules: [] }).told, ...read('scheduler', '{').told, ...read('scheduler', { timeZone: 'x' }).told].map((line) => line.slice(line.lastIndexOf('; ') + 2)), [
      'did you mean `schedules`? Schedules that it made stay as they are',
      'schedules that it made stay as they are',
      'schedules that name none stay as they are, and new ones are left out',
    ]);
  });
});

describe('levels of a threshold', () => {
  const before = { thresholds: { cpu: { enter: 70, critical: 95, release: 60 }, disk: { enter: 95 } } };
  const cpu = (written: unknown, said?: Config): unknown => (read('resource', { thresholds: { cpu: written, disk: { enter: 92 } } }, said).set['machine.thresholds'] as { cpu: unknown }).cpu;

  test('that contradict each other fall back together, or to the one that spares the machine earlier', () => {
    assert.deepEqual(cpu({ enter: 60, release: 65, critical: 90 }, before), before.thresholds.cpu);
    assert.deepEqual(cpu({ enter: 60, release: 65, critical: 90 }), { enter: 60, critical: 90 });
    assert.deepEqual(cpu({ enter: 90, critical: 80 }), { critical: 80 });
    assert.deepEqual(read('resource', { thresholds: { cpu: { enter: 60, release: 65 } } }, before).told, ['5: `thresholds.cpu.release`: expected a level below `enter`, 60 %, got 65; `{"enter":70,"critical":95,"release":60}`, what the file said before, stays in force']);
  });

  test('fall back one by one where that fits, and a stand-in that contradicts what is right is left out', () => {
    assert.deepEqual(cpu({ enter: 'x', release: 50 }, before), { enter: 70, release: 50 });
    assert.deepEqual(cpu({ enter: 50, release: 'x' }, before), { enter: 50 });
    assert.deepEqual(cpu({ enter: 'x', critical: 65 }, before), { critical: 65 });
    assert.deepEqual(cpu({ enter: 97, critical: 'x' }, before), { enter: 97 });
    assert.equal(read('resource', { thresholds: { cpu: { enter: 97, critical: 'x' } } }, before).told.length, 1);
  });

  test('and a value elsewhere are told at once', () => {
    assert.deepEqual(read('resource', { dwellSeconds: -1, thresholds: { cpu: { enter: 60, release: 65 } } }).told.map((line) => line.slice(0, 30)), ['2: `dwellSeconds`: expected a ', '6: `thresholds.cpu.release`: e']);
  });
});

describe('schedules', () => {
  const list = [{ name: 'A', daily: '02:00', tasks: [] }, 7, { name: 'B', timeZone: 'UTC', daily: '25:00' }];

  test('keep their number, so that each can be told at its line by who carries them out', () => {
    assert.deepEqual(read('scheduler', { timeZone: 'Europe/Berlin', schedules: list }).set.schedules, [{ timeZone: 'Europe/Berlin', ...(list[0] as object) }, 7, list[2]]);
  });

  test('that name no time zone are refused while that of their file is wrong or misspelt', () => {
    for (const wrong of [{ timeZone: 'Mars/Olympus' }, { timeZone: 7 }, { timeZon: 'UTC' }]) {
      const [a, , b] = read('scheduler', { ...wrong, schedules: list }).set.schedules as [{ timeZone: string }, unknown, { timeZone: string }];
      assert.deepEqual([a.timeZone, b.timeZone], ['that of the file, which is wrong', 'UTC']);
      const [kept] = read('scheduler', { ...wrong, schedules: list }, { timeZone: 'Asia/Tokyo' }).set.schedules as [{ timeZone: string }];
      assert.equal(kept.timeZone, 'Asia/Tokyo');
    }
  });
});

describe('milestones', () => {
  const file = (...milestones: readonly unknown[]) => ({ roles: { project_management: { options: { milestones } } } });
  const named = (written: unknown, before?: Config): unknown => {
    const { 'roles.definitions': roles } = read('execution', written, before).set as { 'roles.definitions': { project_management: { options: { milestones?: readonly unknown[] } } } };
    return roles.project_management.options.milestones;
  };
  const [a, b] = [{ name: 'A', due: '2030-01-31', tasks: ['a'] }, { name: 'B', tags: ['b'] }];

  test('that are wrong are left out, or stay as they were before', () => {
    const wrong = file({ ...a, due: 'soon' }, b);
    assert.deepEqual(named(wrong), [b]);
    assert.deepEqual(named(wrong, file(a)), [b, a]);
    assert.match(read('execution', wrong, file(a)).told[0]!, /^8: .*milestones\[0\]\.due.*; as it was before, it stays in force$/);
    assert.match(read('execution', wrong).told[0]!, /; this milestone is left out$/);
  });

  test('without a name, or that are no list, may be any that are no longer there', () => {
    assert.deepEqual(named(file({ due: '2030-01-31', tasks: ['a'] }, b), file(a, b)), [b, a]);
    assert.deepEqual(named({ roles: { project_management: { options: { milestones: 'none' } } } }, file(a, b)), [a, b]);
    assert.equal(named({ roles: { project_management: { options: { milestones: 'none' } } } }), undefined);
    assert.deepEqual(named(file(b), file(a, b)), [b]);
  });

  test('of one name are one', () => {
    assert.deepEqual(named(file(b, { ...b, tags: ['c'] }), file(a, b)), [b]);
  });
});

test('a name that is written twice is told where it does not hold; a wrong value where it does', () => {
  const { set, told } = read('parallel', '{\n  "maxParallel": 4,\n  "types": { "a": { "limit": 1 }, "a": {} },\n  "maxParallel": "x"\n}');
  assert.deepEqual(set, { types: { a: {} } });
  assert.deepEqual(told, ['2: `maxParallel` is written again below; only the last one is in force', '3: `a` is written again below; only the last one is in force', '4: `maxParallel`: expected a number, got `"x"`; it is left out']);
});

test('whatever is wrong at random, the rest is in force and nothing is lost', () => {
  const seed = Date.now() % 2 ** 31;
  let state = seed;
  const random = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
  const junk = [null, -1, 'x', [], {}, true, 1e9, [[7]], { constructor: 1 }] as const;
  const whole = { maxParallel: 4, memoryThreshold: 70, types: { a: { limit: 2, cpu: 1 }, b: { memory: '1 GB' } }, agents: { claude: { capacity: 1 }, handover: 'never', maxCost: 3 } };
  for (let n = 0; n < 500; n++) {
    const spoil = (value: unknown): unknown => {
      if (random(6) === 0) return junk[random(junk.length)];
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [random(12) === 0 ? `${name}x` : name, spoil(inner)]));
    };
    const text = JSON.stringify(spoil(whole));
    const { problems, said } = parseConfig('parallel', text, MACHINE, whole);
    if (said === undefined) continue;
    // What is in force is right, and says the same when it is read as a file.
    assert.deepEqual(parseConfig('parallel', JSON.stringify(said), MACHINE).problems, [], `seed ${seed}: ${text}`);
    assert.deepEqual(parseConfig('parallel', text, MACHINE, said).said, said, `seed ${seed}: ${text}`);
    assert.ok(problems.every(({ message }) => message.length > 0));
  }
});
