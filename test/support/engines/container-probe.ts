// Tells what the sensors make of the machine while this process keeps one core busy.
import { CapacityReader } from '../../../src/core/machine/capacity-reader.ts';
import { systemMonotonic } from '../../../src/core/machine/monotonic.ts';
import { readSystemText } from '../../../src/core/machine/read-text.ts';
import { systemSensors } from '../../../src/core/machine/system-sensors.ts';

const BUSY_MS = 1000;
const TAKES = 300e6;

const reader = new CapacityReader(readSystemText, systemMonotonic);
const sensors = systemSensors('/');
await sensors.prime();
const before = reader.capacity();
const held = Buffer.alloc(TAKES, 1);
const end = performance.now() + BUSY_MS;
while (performance.now() < end);
const [cpu, after] = [await sensors.cpu(), reader.capacity()];
process.stdout.write(JSON.stringify({ cores: after.cores, memoryTotal: after.memoryTotal, taken: before.memoryAvailable - after.memoryAvailable, cpu: cpu?.total, held: held.length }));
