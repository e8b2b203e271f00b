import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { stateFolder } from '../../../../src/core/engine/state-folder.ts';

const FOLDERS: readonly (readonly [name: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string, folder: string])[] = [
  ['Linux', {}, 'linux', '/home/ada', '/home/ada/.local/state/parallel-workflow'],
  ['Linux with XDG_STATE_HOME', { XDG_STATE_HOME: '/state' }, 'linux', '/home/ada', '/state/parallel-workflow'],
  ['Linux with a relative XDG_STATE_HOME, which does not count', { XDG_STATE_HOME: 'state' }, 'linux', '/home/ada', '/home/ada/.local/state/parallel-workflow'],
  ['Linux with an empty XDG_STATE_HOME', { XDG_STATE_HOME: '' }, 'linux', '/home/ada', '/home/ada/.local/state/parallel-workflow'],
  ['macOS', { XDG_STATE_HOME: '/state' }, 'darwin', '/Users/ada', '/Users/ada/Library/Application Support/parallel-workflow'],
  ['Windows', { LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' }, 'win32', 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Local\\parallel-workflow'],
  ['Windows without LOCALAPPDATA', {}, 'win32', 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Local\\parallel-workflow'],
  ['FreeBSD', {}, 'freebsd', '/home/ada', '/home/ada/.local/state/parallel-workflow'],
];
for (const [name, env, platform, home, folder] of FOLDERS) {
  test(`state lies at its place: ${name}`, () => assert.equal(stateFolder({ ...env, PARALLEL_WORKFLOW_HOME: '' }, platform, home), folder));
}

test('PARALLEL_WORKFLOW_HOME comes before any other place, and is made absolute', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) assert.equal(stateFolder({ PARALLEL_WORKFLOW_HOME: '/elsewhere', XDG_STATE_HOME: '/state' }, platform, '/home/ada'), path.resolve('/elsewhere'));
  assert.equal(stateFolder({ PARALLEL_WORKFLOW_HOME: 'here' }, 'linux', '/home/ada'), path.resolve('here'));
});
