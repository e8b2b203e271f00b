import assert from 'node:assert/strict';
import test from 'node:test';
import { holdId, taskId } from '../../../src/core/model/ids.ts';
import type { WaitReason } from '../../../src/core/model/wait-reason.ts';
import { describeWait } from '../../../src/core/present/tasks/describe-wait.ts';

const NOW = 1_000_000;
const named = (...names: string[]) => names.map((name, index) => ({ id: taskId(index + 1), name }));
const holder = { type: 'task', id: taskId(7), name: 'Sweep 3' } as const;

const REASONS: readonly (readonly [WaitReason, string])[] = [
  [{ type: 'held' }, 'held until it is released'],
  [{ type: 'setAside' }, 'set aside: three engines ended while it ran'],
  [{ type: 'paused' }, 'the queue is paused'],
  [{ type: 'schedule', until: NOW + 65_000 }, 'starts in 1 min 5 s'],
  [{ type: 'schedule', until: NOW - 1 }, 'starts now'],
  [{ type: 'dependency', tasks: named('Mesh') }, 'waits for “Mesh”'],
  [{ type: 'dependency', tasks: named('Mesh', 'Sweep') }, 'waits for “Mesh” and “Sweep”'],
  [{ type: 'dependency', tasks: named('A', 'B', 'C', 'D') }, 'waits for “A”, “B” and 2 more'],
  [{ type: 'lock', path: '/w/data.json', mode: 'write', holder, waiting: false, since: undefined }, 'waits for data.json, held by “Sweep 3”'],
  [{ type: 'lock', path: '/w/data.json', mode: 'write', holder, waiting: false, since: NOW - 42_000 }, 'waits for data.json, held by “Sweep 3” for 42 s'],
  [{ type: 'lock', path: '/w/data.json', mode: 'read', holder, waiting: false, since: NOW }, 'waits for data.json, read by “Sweep 3”'],
  [{ type: 'lock', path: '/w/data.json', mode: 'write', holder, waiting: true, since: undefined }, 'waits for data.json, which “Sweep 3” gets first'],
  [{ type: 'lock', path: '/w/data.json', mode: 'write', holder: { type: 'program', id: holdId(1), name: 'pytest', pid: 4711 }, waiting: false, since: NOW }, 'waits for data.json, held by “pytest” (process 4711)'],
  [{ type: 'editor', path: '/w/data.json', since: NOW }, 'waits for data.json, which has unsaved changes in an editor'],
  [{ type: 'typeLimit', taskType: 'simulation', limit: 2, running: 2 }, 'waits for a place: 2 of 2 `simulation` running'],
  [{ type: 'totalLimit', limit: 11, running: 11 }, 'waits for a place: 11 of 11 tasks running'],
  [{ type: 'resources', resource: 'memory', needs: 2.1e9, free: 1.3e9, fits: true }, 'waits for memory: needs 2.1 GB, 1.3 GB free'],
  [{ type: 'resources', resource: 'cpu', needs: 2, free: -0.5, fits: true }, 'waits for CPU: needs 2 cores, 0 cores free'],
  [{ type: 'resources', resource: 'cpu', needs: 64, free: 2, fits: false }, 'needs more CPU than this machine has: 64 cores, at most 2 cores'],
  [{ type: 'strategy', strategy: 'conserve', reasons: [{ measure: 'cpu', value: 0.99, threshold: 0.85 }] }, 'waits for CPU to fall: 99 %, threshold 85 % (conserve)'],
  [
    { type: 'strategy', strategy: 'critical', reasons: [{ measure: 'memory', value: 0.97, threshold: 0.95 }, { measure: 'disk', value: 0.99, threshold: 0.98 }] },
    'waits for memory and disk to fall: memory 97 %, threshold 95 %; disk 99 %, threshold 98 % (critical)',
  ],
  [{ type: 'strategy', strategy: 'conserve', reasons: [] }, 'waits for a calmer machine: conserve'],
  [{ type: 'backfill', head: { id: taskId(1), name: 'Render' } }, 'waits so as not to delay “Render”'],
  [{ type: 'terminal' }, 'waits for a terminal: a window on its workspace, or `parallel-workflow wait` run in a terminal'],
  [{ type: 'engine' }, 'waits for a window or `parallel-workflow wait` in its workspace'],
  [{ type: 'next' }, 'starts next'],
];

for (const [reason, words] of REASONS) {
  test(`a wait reads “${words}”`, () => assert.equal(describeWait(reason, NOW), words));
}
