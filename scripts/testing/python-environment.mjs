import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../install.mjs';
import { fillAside } from './aside.mjs';

/** The Python of a virtual environment in `.cache` that has these packages, the first of them in just this version. */
export function pythonWith({ name, version, packages, base }) {
  const folder = join(root, '.cache', `${name}-${version}`);
  const python = pythonOf(folder);
  if (!existsSync(python)) {
    // A Python in it finds its modules by its own place, so it may be moved.
    const fill = (staging) => {
      execFileSync(base(), ['-m', 'venv', staging], { stdio: 'pipe' });
      execFileSync(pythonOf(staging), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], { stdio: 'pipe' });
    };
    fillAside(folder, fill, (said) => `pip cannot install ${packages.join(' ')} (${said.split('\n').at(-1)})`);
  }
  const [main] = packages[0].split(/==|\[/);
  const told = execFileSync(python, ['-I', '-c', `import importlib.metadata; print(importlib.metadata.version("${main}"))`], { encoding: 'utf8', timeout: 60_000 }).trim();
  if (told !== version) throw new Error(`Expected ${version} in ${folder}, got ${told}`);
  return python;
}

/** Whether a program is a Python of 3.10 or later that has these modules. */
export function isPython(program, modules = []) {
  try {
    const test = `import sys${modules.map((module) => `, ${module}`).join('')}; print(sys.version_info >= (3, 10))`;
    return execFileSync(program, ['-I', '-c', test], { encoding: 'utf8', stdio: 'pipe' }).trim() === 'True';
  } catch {
    return false;
  }
}

function pythonOf(folder) {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}
