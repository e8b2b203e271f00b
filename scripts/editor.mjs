import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from './install.mjs';

const firstSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/**
 * Opens a folder in VS Code with this project's extension: desktop VS Code where `code` is on the PATH, else
 * a server on 127.0.0.1 whose address is printed. Without either it says so, and there is no editor.
 */
export async function openEditor({ folder, terminal }) {
  const code = desktop();
  try {
    if (code === undefined) return await serve(folder);
    if (terminal) openDesktop(code, folder);
    else console.log(`Without a terminal the editor stays closed. Open it with: code --extensionDevelopmentPath=${root} ${folder}`);
  } catch (error) {
    console.log(`VS Code cannot be opened here (${error.message.split('\n')[0]}). The batch runs without it.`);
  }
  return undefined;
}

function desktop() {
  const names = process.platform === 'win32' ? ['code.cmd', 'code.exe'] : ['code'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter((path) => path !== '');
  return folders.flatMap((path) => names.map((name) => join(path, name))).find((path) => existsSync(path));
}

function openDesktop(code, folder) {
  const shell = code.endsWith('.cmd');
  const quoted = (text) => (shell ? `"${text}"` : text);
  const args = ['--new-window', `--extensionDevelopmentPath=${root}`, folder];
  execFileSync(quoted(code), args.map(quoted), { stdio: ['ignore', 'ignore', 'inherit'], shell });
  console.log(`VS Code is open on ${folder}`);
}

async function serve(folder) {
  const { VSCodeServer } = await import('../test/support/vscode-server/server.ts');
  const { workbenchAddress } = await import('../test/support/vscode-server/workbench-address.ts');
  const home = join(root, '.vscode-test', 'editor');
  const settings = join(home, 'data', 'User', 'settings.json');
  mkdirSync(dirname(settings), { recursive: true });
  // A window that shows the workflow alone; what its user changes afterwards stays.
  if (!existsSync(settings)) writeFileSync(settings, JSON.stringify(firstSettings, undefined, 2));
  const server = await VSCodeServer.start({ home, trust: true });
  const address = workbenchAddress({ authority: server.authority, folder, extensions: [root] });
  console.log(`VS Code is open on ${folder} at\n${address}\n`);
  return { address, holds: true, close: () => server.stop() };
}
