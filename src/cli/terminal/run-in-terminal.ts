import { spawn } from 'node:child_process';
import type { TerminalRequest } from '../../core/engine/engine-port.ts';

/** Runs a program that has the keyboard and the screen until it ends. How it ended, its run's folder tells. */
export function runInTerminal({ argv, cwd, env }: Pick<TerminalRequest, 'argv' | 'cwd' | 'env'>): Promise<void> {
  const [program, ...args] = argv;
  return new Promise((resolve) => {
    const child = spawn(program!, args, { cwd, env: { ...env }, stdio: 'inherit' });
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
}
