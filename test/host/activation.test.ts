import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import { COMMANDS, TREE_COMMANDS } from '../../src/host/ids.ts';
import type { Facts } from '../../src/extension.ts';

const require = createRequire(import.meta.url);
const extension = vscode.extensions.getExtension<Facts>('parallel-workflow.parallel-workflow');

describe('activation', () => {
  it('comes by itself once VS Code has started, since running tasks are to be picked up', async () => {
    assert.ok(extension !== undefined);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('tells how long it holds the extension host up, loading included', () => {
    const bundle = extension!.packageJSON as { readonly main: string };
    const entry = path.join(extension!.extensionPath, bundle.main);
    // The least of several: the others measure what else the machine does.
    const loadMs = Math.min(...Array.from({ length: 5 }, () => timeToLoad(entry)));
    const { activationMs } = extension!.exports;
    assert.ok(loadMs > 0 && activationMs > 0);
    console.log(`loading ${loadMs.toFixed(1)} ms, activating ${activationMs.toFixed(1)} ms`);
    // For the benchmarks, which have no VS Code to ask.
    const out = path.join(extension!.extensionPath, 'out');
    mkdirSync(out, { recursive: true });
    writeFileSync(path.join(out, 'activation.json'), JSON.stringify({ ms: loadMs + activationMs }));
  });

  it('registers every command', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual([...Object.values(COMMANDS), ...Object.values(TREE_COMMANDS)].filter((command) => !registered.has(command)), []);
  });
});

function timeToLoad(entry: string): number {
  const { [entry]: loaded } = require.cache;
  delete require.cache[entry];
  const start = performance.now();
  require(entry);
  const took = performance.now() - start;
  require.cache[entry] = loaded;
  return took;
}
