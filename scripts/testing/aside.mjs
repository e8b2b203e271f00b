import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { npm } from '../node.mjs';

/**
 * Fills a folder aside and renames it, so that it is there whole or not at all and two processes may do this at once.
 * `explain` makes an error of what went wrong.
 */
export function fillAside(folder, fill, explain) {
  mkdirSync(dirname(folder), { recursive: true });
  const staging = mkdtempSync(`${folder}.`);
  try {
    fill(staging);
    rmSync(folder, { recursive: true, force: true });
    renameSync(staging, folder);
  } catch (error) {
    if (!existsSync(folder)) throw new Error(explain(String(error.stderr ?? error.message).trim()), { cause: error });
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** A package of npm, such as `left-pad@1.3.0`, in a folder outside the project's dependencies; its own scripts do not run. */
export function installAside(folder, wanted) {
  const fill = (staging) => npm(['install', '--no-save', '--prefix', staging, wanted, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], staging);
  fillAside(folder, fill, (said) => `npm cannot install ${wanted} (${said.split('\n')[0]})`);
}
