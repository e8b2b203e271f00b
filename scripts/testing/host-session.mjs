// Starts a VS Code with the extension and its host tests: node host-session.mjs WORKSPACE [--desktop]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { root } from '../install.mjs';

const [workspace, ...flags] = process.argv.slice(2);
if (flags.includes('--desktop') && process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
  console.error('Desktop VS Code needs a display, and there is none. Try: xvfb-run -a npm run test:desktop');
  process.exit(1);
}
const profile = mkdtempSync(join(tmpdir(), 'vscode-profile-'));
try {
  process.exitCode = await runTests({
    ...(flags.includes('--desktop') ? {} : { vscodeExecutablePath: join(root, 'test', 'support', 'vscode-server', 'launcher.mjs') }),
    // The second one uses the first, the third offers it language models.
    extensionDevelopmentPath: [root, join(root, 'examples', 'night-shift-extension'), join(root, 'test', 'support', 'vscode-server', 'model-provider')],
    extensionTestsPath: join(root, 'out', 'test', 'host', 'index.cjs'),
    launchArgs: [workspace, `--user-data-dir=${join(profile, 'data')}`, `--extensions-dir=${join(profile, 'extensions')}`],
  });
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
