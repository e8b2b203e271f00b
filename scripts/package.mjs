// npm run package: builds and packs the extension; a warning of the packer is a failure.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installDependencies, root } from './install.mjs';
import { environmentWithNode, rerunUnderSuitableNode } from './node.mjs';

await rerunUnderSuitableNode(import.meta.url);
installDependencies();

// What is needed is bundled, so no dependency is packed.
const packer = [join(root, 'node_modules', '@vscode', 'vsce', 'vsce'), 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', 'parallel-workflow.vsix'];
const { status, stdout, stderr } = spawnSync(process.execPath, packer, { cwd: root, encoding: 'utf8', env: environmentWithNode(), input: '' });
const output = `${stdout}${stderr}`;
process.stdout.write(output);
if (status !== 0) process.exit(status ?? 1);
if (/\bwarn(ing)?\b/i.test(output)) {
  console.error('Expected no warning from `vsce package`, got the above');
  process.exit(1);
}
