// Brings the genuine programs that the conformance tests speak with, outside the project's dependencies.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../install.mjs';
import { installAside } from './aside.mjs';
import { bringAutogen } from './bring-autogen.mjs';
import { bringPlaywright, bringPytest, bringXvfb } from './bring-gui-runners.mjs';

const claudeVersion = '2.1.329';
const claudePackage = '@anthropic-ai/claude-code';

/** What a conformance test needs: a variable that names it, and how to get it. A way that throws says why it cannot be had here. */
export const genuine = [
  { name: 'Claude Code', variable: 'CONFORMANCE_CLAUDE', bring: bringClaude },
  { name: 'AutoGen', variable: 'CONFORMANCE_AUTOGEN', bring: bringAutogen },
  { name: 'pytest', variable: 'CONFORMANCE_PYTEST', bring: bringPytest },
  { name: 'Xvfb', variable: 'CONFORMANCE_XVFB', bring: bringXvfb },
  { name: 'Playwright', variable: 'CONFORMANCE_PLAYWRIGHT', bring: bringPlaywright },
];

/** Its program is proprietary: it is installed for the tests and never becomes a part of anything. */
function bringClaude() {
  const folder = join(root, '.cache', 'claude-code', claudeVersion);
  const platform = `${claudePackage}-${process.platform}-${process.arch}`;
  const program = join(folder, 'node_modules', platform, process.platform === 'win32' ? 'claude.exe' : 'claude');
  if (!existsSync(program)) installAside(folder, `${claudePackage}@${claudeVersion}`);
  if (!existsSync(program)) throw new Error(`npm has no ${platform}@${claudeVersion} for this system`);
  const version = execFileSync(program, ['--version'], { encoding: 'utf8', timeout: 60_000 }).trim();
  if (!version.startsWith(claudeVersion)) throw new Error(`Expected ${claudeVersion} in ${program}, got ${version}`);
  return program;
}
