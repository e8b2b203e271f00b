// npm start [-- --no-editor] [ARGUMENT…]: builds, opens VS Code on examples/ and runs the example batch in parallel.
// Arguments other than --no-editor go to the batch command. Ends with the batch's exit code.
import { execFileSync, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { installDependencies, root } from './install.mjs';
import { rerunUnderSuitableNode, whenNpmIsGone } from './node.mjs';

await rerunUnderSuitableNode(import.meta.url);
installDependencies();
execFileSync(process.execPath, [join(root, 'esbuild.mjs')], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });

const { openEditor } = await import('./editor.mjs');
const args = process.argv.slice(2);
const examples = join(root, 'examples');
const terminal = process.stdin.isTTY && process.stdout.isTTY;

const interrupted = Promise.withResolvers();
let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interrupt(signal));
whenNpmIsGone(() => interrupt('SIGTERM'));

let batch;
const editor = args.includes('--no-editor') ? undefined : await openEditor({ folder: examples, terminal });
try {
  process.exitCode = isInterrupted ? 130 : await runBatch(args.filter((arg) => arg !== '--no-editor'));
  if (editor?.holds && terminal && !isInterrupted) {
    console.log(`\nVS Code stays at ${editor.address}\nCtrl-C ends it.`);
    await interrupted.promise;
  }
} finally {
  await editor?.close();
}

/** The batch ends what it started, then we end. A terminal tells it of Ctrl-C itself. */
function interrupt(signal) {
  if (signal !== 'SIGINT' || !terminal) batch?.kill(signal);
  isInterrupted = true;
  interrupted.resolve();
}

function runBatch(more) {
  // node:sqlite warns at every start that it is young.
  const cli = ['--disable-warning=ExperimentalWarning', join(root, 'dist', 'cli.js')];
  batch = spawn(process.execPath, [...cli, 'batch', join(examples, 'examples.parallel.json'), ...more], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    batch.once('error', reject);
    batch.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
