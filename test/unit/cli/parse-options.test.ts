import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OptionTable } from '../../../src/cli/command-option.ts';
import { parseOptions } from '../../../src/cli/parse-options.ts';
import { UserError } from '../../../src/core/base/user-error.ts';

const TABLE = {
  timeout: { type: 'string', value: 'TIME', help: '' },
  file: { type: 'string', multiple: true, help: '' },
  json: { type: 'boolean', short: 'j', help: '' },
} as const satisfies OptionTable;

const parse = (...words: readonly string[]) => parseOptions(words, TABLE, 'run');

void test('words are sorted into options, positionals and what follows the dashes', () => {
  assert.deepEqual(parse('a', '--file', 'x', '-j', 'b', '--file=y', '--', '--json', 'c'), {
    options: { timeout: undefined, file: ['x', 'y'], json: true },
    positionals: ['a', 'b'],
    rest: ['--json', 'c'],
  });
  assert.deepEqual(parse(), { options: { timeout: undefined, file: [], json: false }, positionals: [], rest: undefined });
  assert.deepEqual(parse('--').rest, []);
});

void test('a value may begin with a dash, so that its own check can name it', () => {
  assert.equal(parse('--timeout', '-5').options.timeout, '-5');
  assert.equal(parse('--timeout=-5').options.timeout, '-5');
});

const WRONG: readonly (readonly [words: readonly string[], message: string])[] = [
  [['--timout', '5'], 'Unknown option `--timout`; did you mean `--timeout`?'],
  [['--nothing-like-it'], 'Unknown option `--nothing-like-it`; `parallel-workflow run --help` lists them.'],
  [['-x'], 'Unknown option `-x`; `parallel-workflow run --help` lists them.'],
  [['--timeout'], '`--timeout` needs a value: --timeout TIME.'],
  [['--timeout', '--json'], '`--timeout` needs a value: --timeout TIME.'],
  [['--file'], '`--file` needs a value: --file VALUE.'],
  [['--json=yes'], '`--json` takes no value, got `yes`.'],
];

for (const [words, message] of WRONG) {
  void test(`\`${words.join(' ')}\` is refused: ${message}`, () => {
    assert.throws(() => parse(...words), (error) => error instanceof UserError && error.message === message);
  });
}
