import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { SLOTS } from '../open-for-bench.ts';
import type { Contestant } from './contestant.ts';
import { timedProgram } from './timed-program.ts';

const execute = promisify(execFile);
const START_LIMIT_MS = 5000;
const ADD_ALL = 'n=$1 p=$2 c=$3; shift 3; i=0; while [ $i -lt $n ]; do "$p" -c "$c" add -- "$@" > /dev/null || exit; i=$((i+1)); done; exec "$p" -c "$c" wait --quiet';

/** pueue: a daemon that keeps its queue in a file, and one client process for each job. It looks for work every 300 ms. */
export const pueue = (program: string): Contestant => ({
  name: 'pueue',
  most: 20,
  async run(workload, scratch) {
    const folder = fs.mkdtempSync(path.join(scratch, 'pueue-'));
    const config = path.join(folder, 'pueue.yml');
    fs.writeFileSync(config, `client: {}\ndaemon: {}\nshared:\n  pueue_directory: ${folder}\n  runtime_directory: ${folder}\n  use_unix_socket: true\n`);
    const client = (...args: string[]) => execute(program, ['-c', config, ...args]);
    const daemon = spawn(path.join(path.dirname(program), 'pueued'), ['-c', config], { stdio: 'ignore' });
    const gone = new Promise<void>((resolve, reject) => {
      daemon.once('exit', () => resolve());
      daemon.once('error', reject);
    });
    gone.catch(() => undefined);
    try {
      await untilItAnswers(() => client('parallel', String(SLOTS)), gone);
      const timing = await timedProgram(['/bin/sh', '-c', ADD_ALL, 'sh', String(workload.count), program, config, ...workload.argv], '');
      return { ...timing, cpuMs: undefined };
    } finally {
      daemon.kill('SIGTERM');
      await gone;
    }
  },
});

async function untilItAnswers(ask: () => Promise<unknown>, gone: Promise<void>): Promise<void> {
  const deadline = performance.now() + START_LIMIT_MS;
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw new Error('pueued does not answer', { cause: error });
      await Promise.race([delay(50), gone.then(() => Promise.reject(new Error('pueued ended at its start')))]);
    }
  }
}
