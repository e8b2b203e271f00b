import fs from 'node:fs';
import path from 'node:path';

/** Lines that the engines of a state folder logged, oldest file last. */
export function logLines(state: string): readonly string[] {
  const folder = path.join(state, 'logs');
  return fs.readdirSync(folder).sort().flatMap((name) => fs.readFileSync(path.join(folder, name), 'utf8').split('\n').filter((line) => line !== ''));
}
