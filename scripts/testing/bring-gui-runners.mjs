// Brings what runs GUI tests: pytest on a Python with Tk, Xvfb, Playwright's test runner.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../install.mjs';
import { aptCommand, installWithApt } from './apt.mjs';
import { installAside } from './aside.mjs';
import { isPython, pythonWith } from './python-environment.mjs';

const pytestVersion = '9.2.0';
/** That of `playwright-core` in the project's dependencies, so that one Chromium does for both. */
const playwrightVersion = '1.65.1';
const playwrightPackage = '@playwright/test';

/** A Python that has pytest and Tk. */
export function bringPytest() {
  return pythonWith({ name: 'pytest', version: pytestVersion, packages: [`pytest==${pytestVersion}`], base: pythonWithTk });
}

function pythonWithTk() {
  const find = () => ['python3', 'python', '/usr/bin/python3'].find((program) => isPython(program, ['tkinter', 'ensurepip']));
  const packages = ['python3', 'python3-tk', 'python3-venv'];
  const found = find() ?? (installWithApt(packages) ? find() : undefined);
  if (found === undefined) throw new Error(`there is no Python 3.10 or later with Tk; as root: ${aptCommand(packages)}`);
  return found;
}

/** Path of `xvfb-run`, which has all that it needs. */
export function bringXvfb() {
  if (process.platform !== 'linux') throw new Error('it is for Linux');
  const packages = ['xvfb', 'xauth'];
  const find = () => ['Xvfb', 'xauth', 'xvfb-run'].map(onPath);
  if (find().includes(undefined)) installWithApt(packages);
  const found = find();
  if (found.includes(undefined)) throw new Error(`it is not installed; as root: ${aptCommand(packages)}`);
  return found.at(-1);
}

function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** The `node_modules` of Playwright's test runner. It brings no browser. */
export function bringPlaywright() {
  const folder = join(root, '.cache', 'playwright-test', playwrightVersion);
  const modules = join(folder, 'node_modules');
  if (!existsSync(modules)) installAside(folder, `${playwrightPackage}@${playwrightVersion}`);
  const told = execFileSync(process.execPath, [join(modules, playwrightPackage, 'cli.js'), '--version'], { encoding: 'utf8', timeout: 60_000 }).trim();
  if (!told.endsWith(playwrightVersion)) throw new Error(`Expected ${playwrightVersion} in ${folder}, got ${told}`);
  return modules;
}
