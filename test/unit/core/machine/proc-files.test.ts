import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCoreList, parseProcStat, ticksOf } from '../../../../src/core/machine/cpu-ticks.ts';
import { deviceOf, parseDiskstats } from '../../../../src/core/machine/diskstats.ts';
import { hasLinuxGpu, readLinuxBattery } from '../../../../src/core/machine/linux-devices.ts';
import { parseSwap } from '../../../../src/core/machine/meminfo.ts';
import { parseNetDev } from '../../../../src/core/machine/net-dev.ts';
import { MACHINE_PRESSURE, readPressure } from '../../../../src/core/machine/pressure-files.ts';
import { textFiles } from '../../../support/text-files.ts';

const GARBAGE = ['', '\n', 'not what was expected', '\u0000\u0001\u0002', 'cpu0\n', 'cpu0 x y z\n', 'eth0:\n', '  8 0 sda\n', 'SwapTotal: many kB\n'];

const STAT = `cpu  10132153 290696 3084719 46828483 16683 0 25195 0 175628 0
cpu0 5050101 140000 1500000 23400000 8000 10 12000 5 80000 0
cpu3 5082052 150696 1584719 23428483 8683 0 13195 0 95628 0
intr 199292042 9 0 0
ctxt 1990473
btime 1062191376
processes 2915
`;

test('ticks of each core are read, those of the sum are not', () => {
  assert.deepEqual([...parseProcStat(STAT)], [
    [0, { busy: 5_050_101 + 140_000 + 1_500_000 + 10 + 12_000 + 5, total: 5_050_101 + 140_000 + 1_500_000 + 10 + 12_000 + 5 + 23_400_000 + 8000 }],
    [3, { busy: 5_082_052 + 150_696 + 1_584_719 + 13_195, total: 5_082_052 + 150_696 + 1_584_719 + 13_195 + 23_428_483 + 8683 }],
  ]);
});

test('a kernel of long ago tells four figures a core', () => {
  assert.deepEqual([...parseProcStat('cpu0 1 2 3 4\n')], [[0, { busy: 6, total: 10 }]]);
});

test('what Node tells of cores are ticks as well', () => {
  const times = { user: 1, nice: 2, sys: 3, idle: 10, irq: 4 };
  assert.deepEqual([...ticksOf([{ model: '', speed: 0, times }])], [[0, { busy: 10, total: 20 }]]);
});

test('a list of cores is read, and what is none is empty', () => {
  assert.deepEqual([...parseCoreList('0-2,8,10-11\n')], [0, 1, 2, 8, 10, 11]);
  for (const wrong of ['', 'all', '1-', '0-2,x']) assert.deepEqual([...parseCoreList(wrong)], [], wrong);
  assert.ok(parseCoreList('0-999999999999').size <= 4096);
});

const NET = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 4905571611  489406    0    0    0     0          0         0 4905571611  489406    0    0    0     0       0          0
  eth0:2853645514  122063    0    0    0     0          0         0 12375124   85795    0    0    0     0       0          0
 wlan0:       7       1    0    0    0     0          0         0        9       1    0    0    0     0       0          0
`;

test('network devices are counted, the loopback is not', () => {
  assert.deepEqual([...parseNetDev(NET)!], [['eth0', { in: 2_853_645_514, out: 12_375_124 }], ['wlan0', { in: 7, out: 9 }]]);
  assert.equal(parseNetDev('    lo: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n')?.size, 0, 'a machine without a network has no traffic');
});

const DISKS = `   7       0 loop0 11 0 22 0 0 0 0 0 0 0 0
 253       0 zram0 5 0 50 0 5 0 50 0 0 0 0
 252       0 dm-0 903 0 5000 0 60 0 7000 0 0 0 0
   8       0 sda 1038 24217 5281 34777 6046 12802 8283 10944 0 2352 13133 1172 494 114753 1696 70802 14469
   8       1 sda1 1000 20000 5000 30000 6000 12000 8000 10000 0 2000 13000
 259       0 nvme0n1 10 0 100 0 20 0 200 0 0 0 0
`;
const isWhole = (name: string): boolean => !name.endsWith('1') || name === 'nvme0n1';

test('the traffic of the volume counts where its device is known, also on a partition and an encrypted disk', () => {
  assert.deepEqual([...parseDiskstats(DISKS, '8:1', isWhole)!], [['sda1', { in: 5000 * 512, out: 8000 * 512 }]]);
  assert.deepEqual([...parseDiskstats(DISKS, '252:0', isWhole)!], [['dm-0', { in: 5000 * 512, out: 7000 * 512 }]]);
});

test('else that of all whole disks counts, each once', () => {
  const all = [['sda', { in: 5281 * 512, out: 8283 * 512 }], ['nvme0n1', { in: 100 * 512, out: 200 * 512 }]];
  for (const device of [undefined, '0:42']) assert.deepEqual([...parseDiskstats(DISKS, device, isWhole)!], all);
});

test('device numbers are taken apart as the kernel puts them together', () => {
  assert.deepEqual([0xfe00n, 0x801n, 0x10300n, 0x2an, 0x123456789abcn].map(deviceOf), ['254:0', '8:1', '259:0', '0:42', `${0x189a}:${0x234567bc}`]);
});

test('swap is what is not free of it', () => {
  assert.deepEqual(parseSwap('MemTotal:       24682416 kB\nSwapCached:            0 kB\nSwapTotal:       2097148 kB\nSwapFree:        1048572 kB\n'), { total: 2_097_148 * 1024, used: 1_048_576 * 1024 });
  assert.deepEqual(parseSwap('SwapTotal:             0 kB\nSwapFree:              0 kB\n'), { total: 0, used: 0 });
});

const psi = (some: string): string => `some avg10=${some} avg60=21.81 avg300=27.32 total=6733633622\nfull avg10=99.00 avg60=0.00 avg300=0.00 total=0\n`;

test('pressure is the share of ten seconds in which something stood still; without one of the three there is none', () => {
  const files = { '/proc/pressure/cpu': psi('35.25'), '/proc/pressure/memory': psi('0.00'), '/proc/pressure/io': psi('100.00') };
  assert.deepEqual(readPressure(textFiles(files), MACHINE_PRESSURE), { cpu: 0.3525, memory: 0, io: 1 });
  for (const io of ['', 'some avg10=nan', psi('250.00')]) assert.equal(readPressure(textFiles({ ...files, '/proc/pressure/io': io }), MACHINE_PRESSURE), undefined);
  assert.equal(readPressure(textFiles({}), MACHINE_PRESSURE), undefined);
});

test('a battery and a graphics processor are found where the kernel puts them', () => {
  const files = { '/sys/class/power_supply/BAT1/capacity': '87\n', '/sys/class/power_supply/BAT1/status': 'Charging\n' };
  assert.deepEqual(readLinuxBattery(textFiles(files)), { charge: 0.87, isCharging: true });
  assert.deepEqual(readLinuxBattery(textFiles({ ...files, '/sys/class/power_supply/BAT0/capacity': 'full' })), { charge: 0.87, isCharging: true });
  assert.equal(readLinuxBattery(textFiles({})), undefined);
  assert.deepEqual([hasLinuxGpu(textFiles({})), hasLinuxGpu(textFiles({ '/sys/class/drm/card1/device/vendor': '0x1002' }))], [false, true]);
});

test('garbage tells nothing, and breaks nothing', () => {
  for (const text of GARBAGE) {
    assert.deepEqual([parseProcStat(text).size, parseNetDev(text)?.size ?? 0, parseDiskstats(text, '8:0', () => true), parseSwap(text)], [0, 0, undefined, undefined], JSON.stringify(text));
  }
});
