import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Installs Debian's packages where this process may; returns whether it could. Its output goes to the console. */
export function installWithApt(packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  try {
    execFileSync('apt-get', ['update'], options);
    execFileSync('apt-get', aptArguments(packages), options);
    return true;
  } catch {
    return false;
  }
}

/** What a person who may would type. */
export function aptCommand(packages) {
  return ['apt-get', ...aptArguments(packages)].join(' ');
}

function aptArguments(packages) {
  return ['install', '-y', '--no-install-recommends', ...packages];
}
