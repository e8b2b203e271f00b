import { spawn } from 'node:child_process';
import type { Timing } from './contestant.ts';

/** `times` tells the CPU time of all that the shell has waited for. */
const WITH_TIMES = '"$@"; c=$?; times >&2; exit $c';

/** Runs a program to its end and takes its time. */
export function timedProgram(argv: readonly string[], input: string, env: NodeJS.ProcessEnv = process.env): Promise<Timing> {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const child = spawn('/bin/sh', ['-c', WITH_TIMES, 'sh', ...argv], { env, stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      const wallMs = performance.now() - begin;
      if (code === 0) resolve({ wallMs, cpuMs: childrenTime(said) });
      else reject(new Error(`${argv[0]} ended with code ${code}: ${said.trim()}`));
    });
    child.stdin.end(input);
  });
}

function childrenTime(said: string): number | undefined {
  const times = [...(said.trimEnd().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.,]+)s/g)];
  if (times.length !== 2) return undefined;
  return times.reduce((sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds!.replace(',', '.'))) * 1000, 0);
}
