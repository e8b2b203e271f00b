import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium as driver, type Browser } from 'playwright-core';
import { npm } from '../../../scripts/node.mjs';
import { cachedFolder } from './cached-folder.ts';
import { bringLibraries } from './system-libraries.ts';

const version = '147.0.0';
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const fontSettings = '/etc/fonts/fonts.conf';

interface Chromium {
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Starts Chromium: the one CHROMIUM names, else the machine's, else one that npm brings. */
export async function launchChromium(): Promise<Browser> {
  const { program, env } = await findChromium();
  return driver.launch({
    executablePath: program,
    chromiumSandbox: false, // It opens nothing but our own server, and as root or in a container there is no sandbox.
    env: { ...process.env, ...env },
    // Ending is up to whoever opened the page: the server has to end with it.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** The Chromium of these tests, and what it needs in its environment. */
export async function findChromium(): Promise<Chromium> {
  const named = process.env.CHROMIUM;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM names ${named}, which does not exist. Name a Chromium or Chrome, or unset it.`);
    return { program: named, env: {} };
  }
  const program = onPath() ?? '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  return existsSync(program) ? { program, env: {} } : packedChromium();
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

async function packedChromium(): Promise<Chromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium or Chrome was found. Install one, or name it in CHROMIUM.');
  }
  const folder = await cachedFolder(`chromium-${version}`, unpack);
  const program = join(folder, 'chromium');
  bringLibraries(program);
  if (existsSync(fontSettings)) return { program, env: {} };
  const settings = join(folder, 'fonts.conf');
  const fonts = join(folder, 'fonts');
  writeFileSync(settings, `<fontconfig><dir>${fonts}</dir><cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>\n`);
  return { program, env: { FONTCONFIG_FILE: settings } };
}

function unpack(staging: string): void {
  process.stderr.write('Installing Chromium with npm into .vscode-test (a few seconds, once)\n');
  npm(['install', '--prefix', staging, `@sparticuz/chromium@${version}`, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], staging);
  const script = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
  // It unpacks into the folder for temporary files.
  execFileSync(process.execPath, ['--eval', script], { cwd: staging, env: { ...process.env, TMPDIR: staging } });
  rmSync(join(staging, 'node_modules'), { recursive: true });
}
