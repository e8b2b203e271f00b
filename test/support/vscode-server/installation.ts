import { copyFileSync } from 'node:fs';
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
    for (const name of ['spdlog', 'native-watchdog']) {
      copyFileSync(new URL(`${name}.cjs`, import.meta.url), join(vscode, 'node_modules', '@vscode', name, 'index.js'));
    }
  });
  return serverBelow(folder);
}

function serverBelow(folder: string): string {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}
