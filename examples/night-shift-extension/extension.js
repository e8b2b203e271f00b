// @ts-check
const vscode = require('vscode');

/**
 * @typedef {import('../../src/host/api/parallel-workflow.ts').ParallelWorkflowApi} ParallelWorkflowApi
 * @typedef {import('../../src/host/api/parallel-workflow.ts').RoleWork} RoleWork
 * @typedef {import('../../src/host/api/parallel-workflow.ts').RunnerTask} RunnerTask
 * @typedef {import('../../src/host/api/parallel-workflow.ts').RunnerOutput} RunnerOutput
 */

/** A role that counts lines when nothing more urgent is to be done, and the two kinds of work that it takes for it. */
exports.activate = async (/** @type {vscode.ExtensionContext} */ context) => {
  /** @type {ParallelWorkflowApi} */
  const workflow = await vscode.extensions.getExtension('parallel-workflow.parallel-workflow')?.activate();
  if (workflow?.apiVersion !== 1) throw new Error('Night Shift needs a Parallel Workflow whose apiVersion is 1.');
  /** @type {string[]} */
  const report = [];
  context.subscriptions.push(
    // Done in this window, by a function.
    workflow.registerRunner({ name: 'line_count', run: countLines }),
    // Done by a program, which goes on when the window is closed.
    workflow.registerRunner({ name: 'node_script', command: ({ input }) => ({ argv: [process.execPath, '-e', String(input)], env: { ELECTRON_RUN_AS_NODE: '1' } }) }),
    workflow.registerRole({
      name: 'night_shift',
      label: 'Night Shift',
      purpose: 'Counts lines while nothing more urgent is to be done.',
      priority: 'low',
      requirement: { cores: 0.1, memory: '16 MB' },
      handler: begin,
    }),
    workflow.onDidFinishTask(({ name, role, outcome }) => role === 'night_shift' && report.push(`${name}: ${outcome}`)),
    vscode.commands.registerCommand('nightShift.begin', () => workflow.startRole('night_shift')),
  );
  return { report };
};

/** Called whenever the role's queue is opened. @param {RoleWork} work */
async function begin(work) {
  await work.queueTask({ name: 'Count lines', runner: 'line_count', input: { files: '**/*.sh' } });
  return undefined;
}

/**
 * @param {RunnerTask} task
 * @param {RunnerOutput} output
 * @param {vscode.CancellationToken} token
 */
async function countLines({ input, folder }, output, token) {
  const files = /** @type {{ files?: unknown } | null} */ (input)?.files;
  if (typeof files !== 'string') throw new Error('Expected `input.files` to be a pattern such as `**/*.py`.');
  for (const file of await vscode.workspace.findFiles(new vscode.RelativePattern(vscode.Uri.file(folder), files), undefined, undefined, token)) {
    if (token.isCancellationRequested) return 1;
    const lines = new TextDecoder().decode(await vscode.workspace.fs.readFile(file)).split('\n').length - 1;
    output.write(`${lines} ${vscode.workspace.asRelativePath(file, false)}\n`);
  }
  return 0;
}
