import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { launchChromium } from './chromium.ts';
import { exitOnSignals } from './processes.ts';
import { VSCodeServer } from './server.ts';
import { workbenchAddress } from './workbench-address.ts';
import { writeUserSettings } from './user-settings.ts';

const patienceMs = 15 * 60_000;

/** Runs an extension's tests as `code` would when given the same arguments; resolves with their exit code. */
export async function launch(args: readonly string[]): Promise<number> {
  const values = (name: string) => args.flatMap((arg) => (arg.startsWith(`--${name}=`) ? [arg.slice(name.length + 3)] : []));
  const folder = args.find((arg) => !arg.startsWith('-'));
  const [tests] = values('extensionTestsPath');
  const [extension, ...others] = values('extensionDevelopmentPath');
  if (tests === undefined) throw new Error('Expected --extensionTestsPath=<module>, got none');

  exitOnSignals();
  const home = mkdtempSync(join(tmpdir(), 'vscode-server-'));
  writeUserSettings(join(home, 'data'));
  // A workbench in a browser loads one extension that is under development; others are found where installed ones lie.
  for (const other of others) cpSync(other, join(home, 'extensions', basename(other)), { recursive: true });
  const server = await VSCodeServer.start({ home, trust: args.includes('--disable-workspace-trust') });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // The names under which a workbench that runs tests looks for somebody to tell.
    await page.exposeFunction('codeAutomationLog', (_level: string, values: unknown[]) => console.log(...values));
    const result = new Promise<number>((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
    const ended = server.waitForLine(/Extension Host Process exited with code: /, patienceMs);
    await page.goto(workbenchAddress({ authority: server.authority, ...(extension !== undefined && { extensions: [extension] }), tests, ...(folder !== undefined && { folder }) }));
    const line = await ended;
    if (line.includes('code: 0,')) return await Promise.race([result, silence()]);
    console.error(`The extension host ended before the tests did: ${line}`);
    return 1;
  } finally {
    await browser.close();
    await server.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The result follows the end of the extension host at once, or there is none. */
async function silence(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 10_000).unref());
  console.error('The extension host ended without a result of the tests');
  return 1;
}
