import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** `node:sqlite` warns that it is young. */
export const NODE_FLAGS: string[] = ['--disable-warning=ExperimentalWarning'];

/** Runs a script of `processes/` in a fresh Node: gives it `input` as JSON, returns the JSON that it prints. */
export async function runProcess<T>(script: string, input: unknown): Promise<T> {
  const file = fileURLToPath(new URL(`processes/${script}`, import.meta.url));
  const { stdout } = await run(process.execPath, [...NODE_FLAGS, file, JSON.stringify(input)]);
  return JSON.parse(stdout) as T;
}
