import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SLOTS } from '../open-for-bench.ts';
import type { Contestant } from './contestant.ts';
import { timedProgram } from './timed-program.ts';

const SUBMIT_ALL = 'n=$1 t=$2; shift 2; i=0; while [ $i -lt $n ]; do "$t" "$@" > /dev/null || exit; i=$((i+1)); done; "$t" -w > /dev/null';

/** task-spooler: a server in memory, and one client process for each job. */
export const taskSpooler = (program: string): Contestant => ({
  name: 'task-spooler',
  async run(workload, scratch) {
    // The path of a socket must be short.
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tsp-'));
    const env = { ...process.env, TS_SOCKET: path.join(folder, 's'), TS_SLOTS: String(SLOTS), TMPDIR: scratch };
    execFileSync(program, ['-S', String(SLOTS)], { env });
    try {
      const timing = await timedProgram(['/bin/sh', '-c', SUBMIT_ALL, 'sh', String(workload.count), program, ...workload.argv], '', env);
      // The jobs are children of the server, which nobody waits for.
      return { ...timing, cpuMs: undefined };
    } finally {
      execFileSync(program, ['-K'], { env });
      fs.rmSync(folder, { recursive: true, force: true });
    }
  },
});
