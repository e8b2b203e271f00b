// Brings the genuine programs that the conformance tests speak with, outside the project's dependencies.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../install.mjs';
import { npm } from '../node.mjs';
import { bringAutogen } from './bring-autogen.mjs';

const claudeVersion = '2.1.329';
const claudePackage = '@anthropic-ai/claude-code';

/** What a conformance test needs: a variable that names it, and how to get it. A way that throws says why it cannot be had here. */
export const genuine = [
  { name: 'Claude Code', variable: 'CONFORMANCE_CLAUDE', bring: bringClaude },
  { name: 'AutoGen', variable: 'CONFORMANCE_AUTOGEN', bring: bringAutogen },
];

/** Its program is proprietary: it is installed for the tests and never becomes a part of anything. */
function bringClaude() {
  const folder = join(root, '.cache', 'claude-code', claudeVersion);
  const platform = `${claudePackage}-${process.platform}-${process.arch}`;
  const program = join(folder, 'node_modules', platform, process.platform === 'win32' ? 'claude.exe' : 'claude');
  if (!existsSync(program)) install(folder);
  if (!existsSync(program)) throw new Error(`npm has no ${platform}@${claudeVersion} for this system`);
  const version = execFileSync(program, ['--version'], { encoding: 'utf8', timeout: 60_000 }).trim();
  if (!version.startsWith(claudeVersion)) throw new Error(`Expected ${claudeVersion} in ${program}, got ${version}`);
  return program;
}

function install(folder) {
  mkdirSync(dirname(folder), { recursive: true });
  // Installed aside and renamed, so that two processes may do this at once.
  const staging = mkdtempSync(`${folder}.`);
  try {
    npm(['install', '--no-save', '--prefix', staging, `${claudePackage}@${claudeVersion}`, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], staging);
    rmSync(folder, { recursive: true, force: true });
    renameSync(staging, folder);
  } catch (error) {
    if (!existsSync(folder)) throw new Error(`npm cannot install ${claudePackage}@${claudeVersion} (${String(error.message).split('\n')[0]})`, { cause: error });
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
