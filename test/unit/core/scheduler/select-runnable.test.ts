import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LedgerEntry } from '../../../../src/core/locks/lock-ledger.ts';
import { holderOfHold, holdId } from '../../../../src/core/model/ids.ts';
import type { Limits } from '../../../../src/core/model/limits.ts';
import { selectRunnable } from '../../../../src/core/scheduler/select-runnable.ts';
import type { Snapshot } from '../../../../src/core/scheduler/snapshot.ts';
import { inWords, LIMITS, lock, running, situation, waiting } from '../../../support/scheduler/situation.ts';

const solo = { type: 'solo' };
const pair = { type: 'pair' };

const CONSERVE = { strategy: 'conserve', reasons: [], urgent: 3 } as const;
const unsaved = (path: string): LedgerEntry => ({ holder: holderOfHold(holdId(4)), who: { type: 'editor', id: holdId(4) }, key: path, glob: '', path, mode: 'write', since: 1000 });

const WITH_SHUT: Limits = { ...LIMITS, types: [...LIMITS.types, { name: 'away', limit: 0, cpu: 1, memory: 0, shut: { type: 'agent', agent: 'claude', status: 'limited', why: undefined, until: 5000 } }] };

const TABLE: Readonly<Record<string, Readonly<Record<string, readonly [Snapshot, ...words: string[]]>>>> = {
  limits: {
    'nothing waits: nothing starts': [situation(), 'start'],
    'a type fills its slots in queue order': [situation({ waiting: [waiting(1, pair), waiting(2, pair), waiting(3, pair)] }), 'start 1 2', '3: 2 of 2 pair'],
    'runs in hand count against their type': [situation({ running: [running(1, pair)], waiting: [waiting(2, pair), waiting(3, pair)] }), 'start 2', '3: 2 of 2 pair'],
    'a full type holds up no other type': [situation({ running: [running(1, solo)], waiting: [waiting(2, solo), waiting(3, pair)] }), 'start 3', '2: 1 of 1 solo'],
    'the limit of a type is told before a lack of room': [
      situation({ running: [running(9, { ...solo, cpu: 4 })], waiting: [waiting(1, { ...solo, cpu: 1 })] }),
      'start', '1: 1 of 1 solo',
    ],
    'the total limit holds over all types': [
      situation({ limits: { ...LIMITS, total: 2 }, running: [running(1, solo)], waiting: [waiting(2), waiting(3)] }),
      'start 2', '3: 2 of 2 in all',
    ],
    'a type that is not among the limits runs one at a time': [
      situation({ waiting: [waiting(1, { type: 'theirs' }), waiting(2, { type: 'theirs' })] }),
      'start 1', '2: 1 of 1 theirs',
    ],
    'a machine over its limits starts nothing': [
      situation({ limits: { ...LIMITS, total: 1 }, running: [running(1), running(2)], waiting: [waiting(3)] }),
      'start', '3: 2 of 1 in all',
    ],
  },
  agents: {
    'a class that is shut says why, and holds up nobody': [
      situation({ limits: WITH_SHUT, waiting: [waiting(1, { type: 'away', claims: ['write /a'], cpu: 64 }), waiting(2, { claims: ['write /a'] })] }),
      'start 2', '1: agent',
    ],
    'that is said before any lock': [situation({ limits: WITH_SHUT, locks: [lock(9, 'write /a')], waiting: [waiting(1, { type: 'away', claims: ['write /a'] })] }), 'start', '1: agent'],
    'what can never fit is said first': [situation({ limits: WITH_SHUT, waiting: [waiting(1, { type: 'away', memory: 101 })] }), 'start', '1: never: needs 101 memory, 100 free'],
  },
  strategy: {
    'while it is in force only the urgent start': [
      situation({ strategy: CONSERVE, running: [running(9)], waiting: [waiting(1, { priority: 5 }), waiting(2, { priority: 3 }), waiting(3, { priority: 4 })] }),
      'start 2', '1: strategy', '3: strategy',
    ],
    'in conserve something always runs, and then no more': [situation({ strategy: CONSERVE, waiting: [waiting(1), waiting(2)] }), 'start 1', '2: strategy'],
    'in the critical state nothing starts': [situation({ strategy: { ...CONSERVE, strategy: 'critical', urgent: Number.NEGATIVE_INFINITY }, waiting: [waiting(1, { priority: 1 })] }), 'start', '1: strategy'],
    'who is held back keeps nobody from a file': [
      situation({ strategy: CONSERVE, running: [running(9)], waiting: [waiting(1, { claims: ['write /a'] }), waiting(2, { priority: 1, claims: ['write /a'] })] }),
      'start 2', '1: strategy',
    ],
  },
  editors: {
    'who waits for a person keeps nobody from the other files': [
      situation({ locks: [unsaved('/a')], waiting: [waiting(1, { claims: ['write /b', 'write /a'] }), waiting(2, { claims: ['write /b'] })] }),
      'start 2', '1: editor',
    ],
    'what is on disk may be read meanwhile': [situation({ locks: [unsaved('/a')], waiting: [waiting(1, { claims: ['read /a'] }), waiting(2, { claims: ['write /a'], overEditors: true })] }), 'start 1', '2: read /a of T1 since now'],
  },
  memory: {
    'what is free above the kept share is given away, and no more': [situation({ running: [running(9)], waiting: [waiting(1, { memory: 50 }), waiting(2, { memory: 31 })] }), 'start 1', '2: needs 31 memory, 30 free'],
    'all of it may be used': [situation({ running: [running(9)], waiting: [waiting(1, { memory: 80 })] }), 'start 1'],
    'what others use is not free': [situation({ free: 60, running: [running(9)], waiting: [waiting(1, { memory: 41 })] }), 'start', '1: needs 41 memory, 40 free'],
    'memory set aside is taken before it is seen': [situation({ running: [running(9, { memory: 50 })], waiting: [waiting(1, { memory: 31 })] }), 'start', '1: needs 31 memory, 30 free'],
    'memory that is seen is not counted twice': [situation({ free: 70, running: [running(9, { memory: 50, memorySeen: 30 })], waiting: [waiting(1, { memory: 31 })] }), 'start', '1: needs 31 memory, 30 free'],
    'a run that uses more than it set aside gives nothing back': [situation({ free: 40, running: [running(9, { memory: 10, memorySeen: 60 })], waiting: [waiting(1, { memory: 21 })] }), 'start', '1: needs 21 memory, 20 free'],
    'a burst cannot slip through': [situation({ running: [running(9)], waiting: [1, 2, 3, 4, 5].map((id) => waiting(id, { memory: 30 })) }), 'start 1 2', '3: needs 30 memory, 20 free', '4: needs 30 memory, 20 free', '5: needs 30 memory, 20 free'],
    'less than nothing free is told as nothing': [situation({ free: 5, running: [running(9)], waiting: [waiting(1, { memory: 1 })] }), 'start', '1: needs 1 memory, 0 free'],
  },
  cores: {
    'cores are given away up to the last': [situation({ waiting: [1, 2, 3, 4, 5].map((id) => waiting(id, { cpu: 1 })) }), 'start 1 2 3 4', '5: needs 1 cpu, 0 free'],
    'a sum of fractions that makes a whole is a whole': [situation({ cores: 1, waiting: [1, 2, 3, 4, 5].map((id) => waiting(id, { cpu: id < 4 ? 0.1 : 0.35 })) }), 'start 1 2 3 4 5'],
    'nor does a rest that is a hair too small keep anybody out': [situation({ cores: 1, running: [running(9, { cpu: 0.9 })], waiting: [waiting(1, { cpu: 0.1 })] }), 'start 1'],
    'more cores than there are mean all of them': [situation({ waiting: [waiting(1, { cpu: 64 }), waiting(2, { cpu: 0.25 })] }), 'start 1', '2: needs 0.25 cpu, 0 free'],
    'all of them are not there while something runs': [situation({ running: [running(9, { cpu: 0.5 })], waiting: [waiting(1, { cpu: 64 })] }), 'start', '1: needs 4 cpu, 3.5 free'],
  },
  'something always runs': {
    'on an empty machine the first starts, also above the kept share': [situation({ waiting: [waiting(1, { memory: 95 }), waiting(2, { memory: 1 })] }), 'start 1', '2: needs 1 memory, 0 free'],
    'on an empty machine the first starts, also when others have left no memory': [situation({ free: 3, waiting: [waiting(1, { memory: 60 })] }), 'start 1'],
    'only one starts that way': [situation({ free: 3, waiting: [waiting(1, { memory: 60 }), waiting(2, { memory: 60 })] }), 'start 1', '2: needs 60 memory, 0 free'],
    'not while something runs': [situation({ free: 3, running: [running(9)], waiting: [waiting(1, { memory: 60 })] }), 'start', '1: needs 60 memory, 0 free'],
    'a lock holds also then': [situation({ locks: [lock(9, 'write /a')], waiting: [waiting(1, { claims: ['write /a'] }), waiting(2)] }), 'start 2', '1: write /a of T9 since 1000'],
  },
  'never fits': {
    'a task greater than the machine says so, and holds up nobody': [situation({ waiting: [waiting(1, { memory: 101 }), waiting(2, { memory: 70 })] }), 'start 2', '1: never: needs 101 memory, 100 free'],
    'nor does it keep a file from anybody': [
      situation({ waiting: [waiting(1, { memory: 101, claims: ['write /a'] }), waiting(2, { claims: ['write /a'] })] }),
      'start 2', '1: never: needs 101 memory, 100 free',
    ],
    'that is said before anything else': [
      situation({ running: [running(9, solo)], locks: [lock(9, 'write /a')], waiting: [waiting(1, { ...solo, memory: 101, claims: ['write /a', 'write /b'] }), waiting(2, { claims: ['write /b'] })] }),
      'start 2', '1: never: needs 101 memory, 100 free',
    ],
    'just as great as the machine fits': [situation({ waiting: [waiting(1, { memory: 100 })] }), 'start 1'],
  },
  backfill: {
    'a small task overtakes when the head can still start beside it': [
      situation({ running: [running(9, { cpu: 3, position: 0 })], waiting: [waiting(1, { cpu: 3 }), waiting(2, { cpu: 1 })] }),
      'start 2', '1: needs 3 cpu, 1 free',
    ],
    'and not when the head needs what it would take': [
      situation({ running: [running(9, { cpu: 3, position: 0 })], waiting: [waiting(1, { cpu: 4 }), waiting(2, { cpu: 1 })] }),
      'start', '1: needs 4 cpu, 1 free', '2: would delay T1',
    ],
    'overtakers are counted together': [
      situation({ running: [running(9, { cpu: 2, position: 0 })], waiting: [waiting(1, { cpu: 3 }), waiting(2, { cpu: 1 }), waiting(3, { cpu: 1 })] }),
      'start 2', '1: needs 3 cpu, 2 free', '3: would delay T1',
    ],
    'overtakers of earlier decisions are counted too, or an endless stream of small ones would starve the head': [
      situation({ running: [running(9, { cpu: 2, position: 0 }), running(8, { cpu: 1, position: 8 })], waiting: [waiting(1, { cpu: 3 }), waiting(10, { cpu: 1 })] }),
      'start', '1: needs 3 cpu, 1 free', '10: would delay T1',
    ],
    'of two with one place in the queue the later submitted is behind': [
      situation({ running: [running(9, { cpu: 2, position: 0 }), running(8, { cpu: 1, position: 1 })], waiting: [waiting(1, { cpu: 3, position: 1 }), waiting(10, { cpu: 1, position: 1 })] }),
      'start', '1: needs 3 cpu, 1 free', '10: would delay T1',
    ],
    'who came before the head is expected to end': [
      situation({ running: [running(9, { cpu: 2, position: 0 }), running(8, { cpu: 1, position: 0.5 })], waiting: [waiting(1, { cpu: 3 }), waiting(10, { cpu: 1 })] }),
      'start 10', '1: needs 3 cpu, 1 free',
    ],
    'memory counts like cores': [
      situation({ free: 40, running: [running(9, { memory: 60, memorySeen: 60, position: 0 })], waiting: [waiting(1, { memory: 70 }), waiting(2, { memory: 10 }), waiting(3, { memory: 5 })] }),
      'start 2', '1: needs 70 memory, 20 free', '3: would delay T1',
    ],
    'memory that others use will not be there for the head either': [
      situation({ free: 40, running: [running(9, { memory: 20, memorySeen: 20, position: 0 })], waiting: [waiting(1, { memory: 35 }), waiting(2, { memory: 10 }), waiting(3, { memory: 5 })] }),
      'start 3', '1: needs 35 memory, 20 free', '2: would delay T1',
    ],
    'nobody overtakes a head that only an empty machine can hold': [
      situation({ running: [running(9, { memory: 10, position: 0 })], waiting: [waiting(1, { memory: 95 }), waiting(2, { memory: 1 })] }),
      'start', '1: needs 95 memory, 70 free', '2: would delay T1',
    ],
    'the slot that the head will need is not taken either': [
      situation({ running: [running(9, { cpu: 3, position: 0 })], waiting: [waiting(1, { ...solo, cpu: 2 }), waiting(2, { ...solo, cpu: 1 }), waiting(3, { ...pair, cpu: 1 })] }),
      'start 3', '1: needs 2 cpu, 1 free', '2: would delay T1',
    ],
    'nor the last place in all': [
      situation({ limits: { ...LIMITS, total: 2 }, running: [running(8, { cpu: 3, position: 8 })], waiting: [waiting(1, { cpu: 3 }), waiting(9)] }),
      'start', '1: needs 3 cpu, 1 free', '9: would delay T1',
    ],
    'only the first that lacks room is the head': [
      situation({ running: [running(9, { cpu: 3, position: 0 })], waiting: [waiting(1, { cpu: 2 }), waiting(2, { cpu: 4 }), waiting(3, { cpu: 1 })] }),
      'start 3', '1: needs 2 cpu, 1 free', '2: needs 4 cpu, 1 free',
    ],
    'a task that waits for a slot or a file is not the head': [
      situation({ running: [running(9, { ...solo, cpu: 1, position: 0 })], locks: [lock(9, 'write /a')], waiting: [waiting(1, { ...solo, cpu: 4 }), waiting(2, { cpu: 4, claims: ['read /a'] }), waiting(3, { cpu: 3 })] }),
      'start 3', '1: 1 of 1 solo', '2: write /a of T9 since 1000',
    ],
  },
  locks: {
    'two readers share, a writer waits': [
      situation({ waiting: [waiting(1, { claims: ['read /a'] }), waiting(2, { claims: ['read /a'] }), waiting(3, { claims: ['write /a'] })] }),
      'start 1 2', '3: read /a of T1 since now',
    ],
    'a reader that comes after a waiting writer waits behind it': [
      situation({ locks: [lock(9, 'read /a')], waiting: [waiting(1, { claims: ['write /a'] }), waiting(2, { claims: ['read /a'] }), waiting(3, { claims: ['read /b'] })] }),
      'start 3', '1: read /a of T9 since 1000', '2: write /a of T1, who waits',
    ],
    'also when the writer waits for something else': [
      situation({ running: [running(9, solo)], waiting: [waiting(1, { ...solo, claims: ['write /a'] }), waiting(2, { claims: ['write /a'] })] }),
      'start', '1: 1 of 1 solo', '2: write /a of T1, who waits',
    ],
    'whoever holds the file is named before whoever waits for it': [
      situation({ locks: [lock(9, 'write /a/b')], waiting: [waiting(1, { claims: ['write /a/b'] }), waiting(2, { claims: ['write /a'] })] }),
      'start', '1: write /a/b of T9 since 1000', '2: write /a/b of T9 since 1000',
    ],
    'of several that wait the last before it is named': [
      situation({ locks: [lock(9, 'read /a')], waiting: [waiting(1, { claims: ['write /a'] }), waiting(2, { claims: ['write /a'] }), waiting(3, { claims: ['read /a'] })] }),
      'start', '1: read /a of T9 since 1000', '2: read /a of T9 since 1000', '3: write /a of T2, who waits',
    ],
    'whoever waits further behind is in nobody\'s way': [
      situation({ locks: [{ ...lock(9, 'write /a'), since: undefined, position: 9 }], waiting: [waiting(1, { claims: ['write /a'] })] }),
      'start 1',
    ],
    'whoever waits before is, though it is not looked at now': [
      situation({ locks: [{ ...lock(9, 'write /a'), since: undefined, position: 0 }], waiting: [waiting(1, { claims: ['read /a'] })] }),
      'start', '1: write /a of T9, who waits',
    ],
    'a claim on a folder covers what is below it': [
      situation({ locks: [lock(9, 'write /lab')], waiting: [waiting(1, { claims: ['read /lab/a/b'] }), waiting(2, { claims: ['read /labs'] })] }),
      'start 2', '1: write /lab of T9 since 1000',
    ],
    'a claim on a folder waits for what is below it': [
      situation({ locks: [lock(9, 'write /lab/a/b')], waiting: [waiting(1, { claims: ['read /lab'] }), waiting(2, { claims: ['write /'] }), waiting(3, { claims: ['write /lab/a/c'] })] }),
      'start', '1: write /lab/a/b of T9 since 1000', '2: write /lab/a/b of T9 since 1000', '3: write / of T2, who waits',
    ],
    'a folder that is read may be read below': [situation({ locks: [lock(9, 'read /lab')], waiting: [waiting(1, { claims: ['read /lab/a'] })] }), 'start 1'],
    'a task is not in its own way': [situation({ waiting: [waiting(1, { claims: ['write /a', 'read /a/b', 'write /a/c'] })] }), 'start 1'],
    'all claims are given or none': [
      situation({ locks: [lock(9, 'write /b')], waiting: [waiting(1, { claims: ['write /a', 'write /b'] }), waiting(2, { claims: ['write /a'] })] }),
      'start', '1: write /b of T9 since 1000', '2: write /a of T1, who waits',
    ],
  },
};

for (const [group, rows] of Object.entries(TABLE)) {
  for (const [name, [snapshot, ...words]] of Object.entries(rows)) {
    test(`${group}: ${name}`, () => assert.deepEqual(inWords(selectRunnable(snapshot)), words));
  }
}
