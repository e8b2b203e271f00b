import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../install.mjs';

const version = '0.7.5';
const packages = [`autogen-agentchat==${version}`, `autogen-ext[openai]==${version}`];

/** A Python that has the genuine AutoGen, in a virtual environment of its own. */
export function bringAutogen() {
  const folder = join(root, '.cache', `autogen-${version}`);
  const python = pythonOf(folder);
  if (!existsSync(python)) install(folder);
  const told = execFileSync(python, ['-I', '-c', 'import importlib.metadata; print(importlib.metadata.version("autogen-agentchat"))'], { encoding: 'utf8', timeout: 60_000 }).trim();
  if (told !== version) throw new Error(`Expected ${version} in ${folder}, got ${told}`);
  return python;
}

function install(folder) {
  const base = ['python3', 'python'].find(isNewEnough);
  if (base === undefined) throw new Error('there is no Python 3.10 or later');
  mkdirSync(dirname(folder), { recursive: true });
  // Installed aside and renamed, so that two processes may do this at once; a Python in it finds its modules by its own place.
  const staging = mkdtempSync(`${folder}.`);
  try {
    execFileSync(base, ['-m', 'venv', staging], { stdio: 'pipe' });
    execFileSync(pythonOf(staging), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], { stdio: 'pipe' });
    rmSync(folder, { recursive: true, force: true });
    renameSync(staging, folder);
  } catch (error) {
    if (!existsSync(folder)) throw new Error(`pip cannot install ${packages.join(' ')} (${String(error.stderr ?? error.message).trim().split('\n').at(-1)})`, { cause: error });
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function pythonOf(folder) {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

function isNewEnough(program) {
  try {
    return execFileSync(program, ['-I', '-c', 'import sys; print(sys.version_info >= (3, 10))'], { encoding: 'utf8', stdio: 'pipe' }).trim() === 'True';
  } catch {
    return false;
  }
}
