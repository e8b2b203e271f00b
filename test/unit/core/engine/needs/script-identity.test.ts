import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scriptIdentity } from '../../../../../src/core/engine/needs/script-identity.ts';
import type { TaskSpec } from '../../../../../src/core/model/spec.ts';
import { sampleSpec } from '../../../../support/sample-spec.ts';

const of = (spec: Partial<TaskSpec>): string => Object.values(scriptIdentity(sampleSpec(spec), (file) => `key of ${file}`)).join(' | ').replaceAll('\n', '⏎');

const CASES: readonly (readonly [what: string, spec: Partial<TaskSpec>, expected: string])[] = [
  ['a script is its file', { work: { kind: 'script', path: '/lab/a.py' }, args: ['--n', '3'] }, 'key of /lab/a.py | /lab/a.py | ["--n","3"]'],
  ['a Blender script is its file', { work: { kind: 'blender', path: '/lab/a.py' } }, 'key of /lab/a.py | /lab/a.py | []'],
  ['a function is its module and name', { work: { kind: 'function', module: 'jobs', name: 'run', arguments: { n: 3 } } }, 'function jobs:run | jobs:run | [{"n":3}]'],
  ['a command is its program and the first word that is no option', { work: { kind: 'command', argv: ['python3', '-u', 'x.py', '1'] } }, 'command /lab⏎python3 -u x.py | python3 -u x.py | ["1"]'],
  ['a command of options only is all of them', { work: { kind: 'command', argv: ['ls', '-l'] } }, 'command /lab⏎ls -l | ls -l | []'],
  ['a shell command is all of it', { work: { kind: 'command', shell: 'sleep 1; echo 2' } }, 'command /lab⏎sleep 1; echo 2 | sleep 1; echo 2 | []'],
];

for (const [what, spec, expected] of CASES) test(what, () => assert.equal(of(spec), expected));

test('long arguments and commands are told apart without being kept', () => {
  const long = (end: string): Partial<TaskSpec> => ({ work: { kind: 'command', shell: `${'x'.repeat(5000)}${end}` }, args: ['y'.repeat(5000) + end] });
  const [one, same, other] = [long('1'), long('1'), long('2')].map((spec) => scriptIdentity(sampleSpec(spec)));
  assert.deepEqual(one, same);
  assert.notEqual(one!.key, other!.key);
  assert.notEqual(one!.args, other!.args);
  assert.ok(JSON.stringify(one).length < 600);
});
