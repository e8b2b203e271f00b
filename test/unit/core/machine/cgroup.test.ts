import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CapacityReader, type Hardware } from '../../../../src/core/machine/capacity-reader.ts';
import { findCgroup } from '../../../../src/core/machine/cgroup.ts';
import { textFiles } from '../../../support/text-files.ts';

const GIB = 2 ** 30;
const UNLIMITED_V1 = '9223372036854771712\n';
const hardware: Hardware = { cores: () => 8, memoryTotal: () => 16 * GIB, memoryAvailable: () => 10 * GIB };

const capacityOf = (files: Readonly<Record<string, string>>): object => new CapacityReader(textFiles(files), () => 0, hardware).capacity();

const V2 = {
  '/proc/self/cgroup': '0::/user.slice/app.scope\n',
  '/sys/fs/cgroup/cgroup.controllers': 'cpuset cpu io memory pids\n',
  '/sys/fs/cgroup/user.slice/app.scope/memory.max': `${2 * GIB}\n`,
  '/sys/fs/cgroup/user.slice/app.scope/memory.current': `${GIB}\n`,
  '/sys/fs/cgroup/user.slice/app.scope/memory.stat': `anon 1\nfile ${GIB / 2}\ninactive_file ${GIB / 4}\n`,
  '/sys/fs/cgroup/user.slice/memory.max': 'max\n',
  '/sys/fs/cgroup/user.slice/app.scope/cpu.max': '150000 100000\n',
  '/sys/fs/cgroup/user.slice/app.scope/cpu.stat': 'usage_usec 5000000\nuser_usec 4000000\n',
  '/sys/fs/cgroup/user.slice/app.scope/cpu.pressure': 'some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n',
};

test('limits of the second version are the machine; caches that nobody uses count as free', () => {
  assert.deepEqual(capacityOf(V2), { cores: 1.5, memoryTotal: 2 * GIB, memoryAvailable: 2 * GIB - 0.75 * GIB });
  const { cpu, pressure } = findCgroup(textFiles(V2));
  assert.deepEqual([cpu?.usedUs(), pressure], [5_000_000, '/sys/fs/cgroup/user.slice/app.scope']);
});

test('a group above may be the stricter one', () => {
  const files = { ...V2, '/sys/fs/cgroup/user.slice/memory.max': `${GIB}\n`, '/sys/fs/cgroup/user.slice/memory.current': `${GIB}\n`, '/sys/fs/cgroup/user.slice/cpu.max': '50000 100000\n' };
  assert.deepEqual(capacityOf(files), { cores: 0.5, memoryTotal: GIB, memoryAvailable: 0 });
});

test('in a container the group is the root of what is mounted', () => {
  const files = { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cgroup.controllers': 'cpu memory\n', '/sys/fs/cgroup/memory.max': `${4 * GIB}\n`, '/sys/fs/cgroup/memory.current': `${GIB}\n`, '/sys/fs/cgroup/cpu.max': 'max 100000\n' };
  assert.deepEqual(capacityOf(files), { cores: 8, memoryTotal: 4 * GIB, memoryAvailable: 3 * GIB });
});

test('limits of the first version are the machine, also where the path is that of the host', () => {
  const files = {
    '/proc/self/cgroup': '5:cpu,cpuacct:/docker/abc\n4:memory:/docker/abc\n1:name=systemd:/docker/abc\n',
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': `${2 * GIB}\n`,
    '/sys/fs/cgroup/memory/memory.usage_in_bytes': `${1.5 * GIB}\n`,
    '/sys/fs/cgroup/memory/memory.stat': `cache 7\ntotal_inactive_file ${GIB}\n`,
    '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '25000\n',
    '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
    '/sys/fs/cgroup/cpuacct/cpuacct.usage': '9000000000\n',
  };
  assert.deepEqual(capacityOf(files), { cores: 0.3, memoryTotal: 2 * GIB, memoryAvailable: 1.5 * GIB });
  assert.equal(findCgroup(textFiles(files)).cpu?.usedUs(), 9_000_000);
});

test('limits that say so are none', () => {
  const machine = { cores: 8, memoryTotal: 16 * GIB, memoryAvailable: 10 * GIB };
  const v1 = { '/proc/self/cgroup': '2:memory:/x\n1:cpu:/x\n', '/sys/fs/cgroup/memory/x/memory.limit_in_bytes': UNLIMITED_V1, '/sys/fs/cgroup/cpu/x/cpu.cfs_quota_us': '-1\n', '/sys/fs/cgroup/cpu/x/cpu.cfs_period_us': '100000\n' };
  const wide = { ...V2, '/sys/fs/cgroup/user.slice/app.scope/memory.max': `${64 * GIB}\n`, '/sys/fs/cgroup/user.slice/app.scope/cpu.max': '1600000 100000\n' };
  for (const files of [{}, v1, wide]) assert.deepEqual(capacityOf(files), machine);
});

test('garbage is no limit', () => {
  for (const text of ['', 'x', '-1', '0', '0 0', 'NaN NaN', '\u0000']) {
    const files = { '/proc/self/cgroup': '0::/a\n', '/sys/fs/cgroup/cgroup.controllers': '', '/sys/fs/cgroup/a/memory.max': text, '/sys/fs/cgroup/a/cpu.max': text };
    assert.deepEqual(capacityOf(files), { cores: 8, memoryTotal: 16 * GIB, memoryAvailable: 10 * GIB }, JSON.stringify(text));
  }
  assert.deepEqual(capacityOf({ '/proc/self/cgroup': 'garbage' }), { cores: 8, memoryTotal: 16 * GIB, memoryAvailable: 10 * GIB });
});

test('where no core can be told there is one', () => {
  for (const cores of [0, Number.NaN]) {
    const capacityWith = (files: Readonly<Record<string, string>>): number => new CapacityReader(textFiles(files), () => 0, { ...hardware, cores: () => cores }).capacity().cores;
    assert.deepEqual([capacityWith({}), capacityWith({ ...V2, '/sys/fs/cgroup/user.slice/app.scope/cpu.max': '50000 100000\n' })], [1, 0.5]);
  }
});

test('a limit whose use cannot be read leaves no more than itself', () => {
  assert.deepEqual(capacityOf({ ...V2, '/sys/fs/cgroup/user.slice/app.scope/memory.current': 'unknown' }), { cores: 1.5, memoryTotal: 2 * GIB, memoryAvailable: 2 * GIB });
});

test('a quota smaller than a tenth of a core counts as a tenth', () => {
  assert.equal((capacityOf({ ...V2, '/sys/fs/cgroup/user.slice/app.scope/cpu.max': '1000 100000\n' }) as { cores: number }).cores, 0.1);
});

test('limits are looked up now and then, use at each look', () => {
  let now = 0;
  const files: Record<string, string> = { ...V2 };
  const reader = new CapacityReader(textFiles(files), () => now, hardware);
  const { memoryAvailable } = reader.capacity();
  files['/sys/fs/cgroup/user.slice/app.scope/memory.current'] = `${GIB / 2}\n`;
  files['/sys/fs/cgroup/user.slice/app.scope/cpu.max'] = '200000 100000\n';
  assert.deepEqual(reader.capacity(), { cores: 1.5, memoryTotal: 2 * GIB, memoryAvailable: memoryAvailable + GIB / 2 });
  now = 10_000;
  assert.equal(reader.capacity().cores, 2);
});
