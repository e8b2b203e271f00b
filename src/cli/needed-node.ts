import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../core/base/user-error.ts';
import { typed } from '../core/present/tasks/command-line.ts';

/** @throws UserError when a Node is too old to have the SQLite of the store, with the command that starts ours by a newer one. */
export function requireSqlite(version: string, programFile: string, words: readonly string[]): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 13)) return;
  const node = nodeBeside(programFile);
  const wayOut = node === undefined ? 'Install a newer Node, for example from https://nodejs.org.' : `There is one inside the project: ${typed([node, programFile, ...words])}`;
  throw new UserError(`Parallel Workflow needs Node 22.13 or newer, this is ${version}.`, wayOut);
}

/** The Node that the project's scripts brought for this system, in `.cache/node` beside the bundle's folder; see scripts/node.mjs. */
function nodeBeside(programFile: string): string | undefined {
  const folder = path.join(path.dirname(programFile), '..', '.cache', 'node');
  const system = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}-`;
  const binary = path.join('bin', process.platform === 'win32' ? 'node.exe' : 'node');
  // What is being installed stands beside it, with a further ending.
  const whole = new RegExp(`^${system}\\d+\\.\\d+\\.\\d+$`);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => whole.test(name)) : [];
  return names.map((name) => path.join(folder, name, binary)).findLast((file) => existsSync(file));
}
