// npm run bench [-- --json]: the benchmarks, under a Node that can run them.
import { execFileSync } from 'node:child_process';
import { installDependencies, root } from './install.mjs';
import { rerunUnderSuitableNode } from './node.mjs';

await rerunUnderSuitableNode(import.meta.url);
installDependencies();
// What is measured is what is released.
execFileSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: root, stdio: ['ignore', 2, 2] });
await import('../bench/main.ts');
