// Finds or brings a Node that has node:sqlite and runs TypeScript as it is. Plain Node 20 must be able to load this file.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const version = '24.9.0';

/** node:sqlite without a flag came with 22.13, running TypeScript without a flag with 22.18 and 23.6. */
export function isSuitable(nodeVersion = process.versions.node) {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  return major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}

/** Path of a Node that can run this project: this one, else the one in `.cache/node/`, which npm brings. */
export function suitableNode() {
  return isSuitable() ? process.execPath : cachedNode();
}

/** Path of the Node 24 that VS Code's server is built for. */
export function serverNode() {
  return process.versions.node.startsWith('24.') ? process.execPath : cachedNode();
}

function cachedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = join(root, '.cache', 'node', `${name}-${version}`);
  const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(binary)) install(name, folder);
  return binary;
}

function install(name, folder) {
  process.stderr.write(`Node ${process.versions.node} is too old here: installing Node ${version} into .cache/node\n`);
  mkdirSync(dirname(folder), { recursive: true });
  // Installed aside and renamed, so that two processes may do this at once.
  const staging = mkdtempSync(`${folder}.`);
  try {
    npm(['install', '--prefix', staging, `${name}@${version}`, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'], staging);
    renameSync(join(staging, 'node_modules', name), folder);
  } catch (error) {
    if (existsSync(folder)) return;
    throw new Error(`Cannot install ${name}@${version} with npm. Install Node 22.18 or later yourself and run this with it.`, { cause: error });
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Runs npm and passes its messages on; throws when it fails. */
export function npm(args, cwd = root) {
  const options = { cwd, stdio: ['ignore', 2, 2], env: { ...process.env, npm_config_update_notifier: 'false' } };
  const cli = process.env.npm_execpath;
  if (cli !== undefined && /npm-cli\.c?js$/.test(cli)) execFileSync(process.execPath, [cli, ...args], options);
  else execFileSync('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** Environment in which `node` means the suitable one, for tools started by their shebang. */
export function environmentWithNode(env = process.env) {
  const key = Object.keys(env).find((name) => name.toLowerCase() === 'path') ?? 'PATH';
  const separator = process.platform === 'win32' ? ';' : ':';
  return { ...env, [key]: `${dirname(suitableNode())}${separator}${env[key] ?? ''}` };
}

/** npm passes no SIGTERM on to the script it runs: an npm that was stopped is known by its absence. Returns what ends the watch. */
export function whenNpmIsGone(action) {
  const parent = process.ppid;
  const isByNpm = process.env.npm_lifecycle_event !== undefined && process.platform !== 'win32';
  const timer = setInterval(() => {
    if (!isByNpm || process.ppid === parent) return;
    clearInterval(timer);
    action();
  }, 500);
  timer.unref();
  return () => clearInterval(timer);
}

/** Goes on at once when this Node is suitable; else runs the same script under one that is and ends as that one ends. */
export async function rerunUnderSuitableNode(moduleUrl) {
  if (isSuitable()) return;
  const args = [...process.execArgv, fileURLToPath(moduleUrl), ...process.argv.slice(2)];
  const child = spawn(suitableNode(), args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // Ctrl-C reaches the whole group of a terminal: passing it on would be a second one.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal));
  }
  whenNpmIsGone(() => child.kill('SIGTERM'));
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (...end) => resolve(end));
  });
  process.exit(code ?? 128 + constants.signals[signal]);
}
