import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CONFIG_FILE_KEYS, type ConfigFile } from '../../../../src/core/config/config-files.ts';
import { parseConfig } from '../../../../src/core/config/parse-config.ts';

const MACHINE = { cores: 8, memory: 16 * 2 ** 30 };

function parse(file: ConfigFile, config: unknown) {
  return parseConfig(file, typeof config === 'string' ? config : JSON.stringify(config, null, 2), MACHINE);
}

function values(file: ConfigFile, config: unknown): Record<string, unknown> {
  const parsed = parse(file, config);
  assert.ok(parsed.values, JSON.stringify(parsed.problems));
  return Object.fromEntries(parsed.values.map(({ key, value }) => [key, value]));
}

/** `line: message` of each problem, lines counted from one. */
function problems(file: ConfigFile, config: unknown, severity = 'error'): string[] {
  return parse(file, config).problems.filter((problem) => problem.severity === severity).map(({ place, message }) => `${place.line + 1}: ${message}`);
}

describe('files of today', () => {
  test('each says what settings it makes', () => {
    assert.deepEqual(values('execution', { version: 2, thresholds: { cpu: { enter: 80 } }, samplePeriod: 2, roles: { nightly: { priority: 'low', requirement: { cores: 2, memory: '1 GB' } } } }), {
      'machine.thresholds': { cpu: { enter: 80 } },
      'machine.samplePeriod': 2,
      'roles.definitions': { nightly: { priority: 'low', requirement: { cores: 2, memory: '1 GB' } } },
    });
    assert.deepEqual(values('parallel', { maxParallel: 4, types: { simulation: { limit: 3 } }, agents: { claude: { capacity: 2 }, maxCostPerDay: 5, handover: 'never' } }), {
      maxParallel: 4,
      types: { simulation: { limit: 3 } },
      'agents.claude.capacity': 2,
      'agents.maxCostPerDay': 5,
      'agents.handover': 'never',
    });
    assert.deepEqual(values('resource', { adaptive: false, dwellSeconds: 10 }), { 'machine.adaptive': false, 'machine.dwellSeconds': 10 });
    assert.deepEqual(values('scheduler', { timeZone: 'Europe/Berlin', schedules: [{ name: 'Nightly', daily: '02:00', tasks: [{ script: 'a.py' }] }] }), {
      schedules: [{ timeZone: 'Europe/Berlin', name: 'Nightly', daily: '02:00', tasks: [{ script: 'a.py' }] }],
    });
  });

  test('an empty one sets nothing', () => {
    for (const file of CONFIG_FILE_KEYS) assert.deepEqual(values(file, {}), {});
  });

  test('comments and a comma at the end do no harm', () => {
    assert.deepEqual(values('parallel', '{\n  // at night\n  "maxParallel": 4,\n}\n'), { maxParallel: 4 });
  });

  test('a value knows the line that it stands in', () => {
    const parsed = parse('parallel', { maxParallel: 4, agents: { claude: { capacity: 2 } } });
    assert.deepEqual(parsed.values?.map(({ key, place }) => [key, place.line + 1]), [['maxParallel', 2], ['agents.claude.capacity', 5]]);
  });
});

describe('what is wrong', () => {
  test('half a file is told at the place where it breaks off, and sets nothing', () => {
    const whole = JSON.stringify({ maxParallel: 4, types: { simulation: { limit: 3 } } }, null, 2);
    for (let length = 1; length < whole.length; length++) {
      const parsed = parse('parallel', whole.slice(0, length));
      assert.equal(parsed.values, undefined, whole.slice(0, length));
      assert.ok(parsed.problems.length > 0);
      assert.ok(parsed.problems.every(({ place }) => place.line <= whole.slice(0, length).split('\n').length));
    }
    assert.deepEqual(parse('parallel', whole).problems, []);
  });

  test('a field that nobody knows is told with the one that was meant', () => {
    assert.deepEqual(problems('parallel', { maxParalel: 4 }), ['2: `maxParalel`: unknown field; did you mean `maxParallel`? It is left out']);
    assert.deepEqual(problems('resource', { thresholds: { cpu: { entr: 4 } } }), ['4: `thresholds.cpu.entr`: unknown field; did you mean `enter`? It is left out']);
    assert.deepEqual(problems('execution', { roles: { gui_testing: { prioriti: 1 } } }), ['4: `roles.gui_testing.prioriti`: unknown field; did you mean `priority`? It is left out']);
  });

  test('levels that contradict each other are told at the level', () => {
    assert.deepEqual(problems('resource', { thresholds: { cpu: { enter: 70, release: 75 } } }), ['5: `thresholds.cpu.release`: expected a level below `enter`, 70 %, got 75; it is left out']);
    assert.deepEqual(problems('execution', { thresholds: { memory: { enter: 90, critical: 80 } } }), ['4: `thresholds.memory.enter`: expected at most `critical`, 80 %, got 90; it is left out']);
  });

  test('a role needs a name that others can write', () => {
    assert.deepEqual(problems('execution', { roles: { 'Nightly checks': {} } }).length, 1);
  });

  for (const [name, text] of [['a list', '[]'], ['a text', '"on"'], ['null', 'null'], ['nothing', ''], ['a number', '7']] as const) {
    test(`${name} is no configuration`, () => {
      for (const file of CONFIG_FILE_KEYS) {
        const parsed = parse(file, text);
        assert.equal(parsed.values, undefined);
        assert.ok(parsed.problems.some(({ severity }) => severity === 'error'));
      }
    });
  }
});
