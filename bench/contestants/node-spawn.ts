import { spawn } from 'node:child_process';
import { SLOTS } from '../open-for-bench.ts';
import type { Contestant } from './contestant.ts';

/** Node's own `spawn` and nothing else: what any queue written in Node must pay. */
export const nodeSpawn: Contestant = {
  name: 'Node spawn',
  async run({ argv, count }) {
    const [file = '', ...args] = argv;
    const begin = performance.now();
    let left = count;
    const slot = async (): Promise<void> => {
      while (left-- > 0) {
        await new Promise<void>((resolve, reject) => {
          const child = spawn(file, args, { stdio: 'ignore', detached: true });
          child.once('error', reject);
          child.once('exit', () => resolve());
        });
      }
    };
    await Promise.all(Array.from({ length: SLOTS }, slot));
    return { wallMs: performance.now() - begin, cpuMs: undefined };
  },
};
