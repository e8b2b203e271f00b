import type { TrafficCounters } from './traffic-meter.ts';

const DEVICE = /^\s*([^\s:]+):\s*(.+)$/gm;
/** Columns of `/proc/net/dev`, see proc_net(5). */
const RECEIVED = 0;
const SENT = 8;

/** Bytes received and sent by each network device but the loopback. */
export function parseNetDev(text: string): TrafficCounters | undefined {
  const counters = new Map<string, { in: number; out: number }>();
  for (const [, name, figures] of text.matchAll(DEVICE)) {
    const columns = figures!.trim().split(/\s+/).map(Number);
    const [received, sent] = [columns[RECEIVED], columns[SENT]];
    if (name === 'lo' || received === undefined || sent === undefined || !Number.isFinite(received + sent)) continue;
    counters.set(name!, { in: received, out: sent });
  }
  return counters.size > 0 || /^\s*lo:/m.test(text) ? counters : undefined;
}
