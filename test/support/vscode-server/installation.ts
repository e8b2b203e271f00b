import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from '../../../scripts/node.mjs';
import { cachedFolder } from './cached-folder.ts';

const version = '4.139.1';
const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev', '--loglevel=error'];

/** Path of VS Code's own server (`server-main.js` below `out/`); npm brings it when it is not there yet. */
export async function installedServer(): Promise<string> {
  const folder = await cachedFolder(`server-${version}`, (staging) => {
    process.stderr.write('Installing the VS Code Server with npm into .vscode-test (about half a minute, once)\n');
    npm(['install', '--prefix', staging, `code-server@${version}`, ...quietly], staging);
    const vscode = serverBelow(staging);
    npm(['install', '--prefix', vscode, ...quietly], vscode);
    const extensions = join(vscode, 'extensions');
    npm(['install', '--prefix', extensions, 'typescript@6.0.3', '--no-save', ...quietly], extensions);
    for (const name of ['spdlog', 'native-watchdog']) replaceNative(join(vscode, 'node_modules', '@vscode', name), name);
    // Nobody signs in here, and without its sign-in this one keeps asking for it.
    rmSync(join(extensions, 'copilot'), { recursive: true });
  });
  return serverBelow(folder);
}

/** Puts our module in the place of one that only a compiler could install. */
function replaceNative(folder: string, name: string): void {
  copyFileSync(new URL(`${name}.mjs`, import.meta.url), join(folder, 'index.mjs'));
  const file = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...manifest, main: 'index.mjs' }, undefined, 2));
}

function serverBelow(folder: string): string {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}
