import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import { COMMANDS, TREE_COMMANDS } from '../../src/host/ids.ts';
import { onUse } from '../../src/host/on-use.ts';
import type { Facts } from '../../src/extension.ts';
import { loadedWith } from '../../scripts/loaded-with.mjs';

const extension = vscode.extensions.getExtension<Facts>('parallel-workflow.parallel-workflow');

describe('activation', () => {
  it('comes by itself once VS Code has started, since running tasks are to be picked up', async () => {
    assert.ok(extension !== undefined);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('tells how long it holds the extension host up, loading included', async () => {
    const bundle = extension!.packageJSON as { readonly main: string };
    const entry = path.join(extension!.extensionPath, bundle.main);
    // The least of several: the others measure what else the machine does.
    const times: number[] = [];
    for (let round = 0; round < 5; round++) times.push(await timeToLoad(entry, path.join(extension!.extensionPath, 'out', `loading-${round}`)));
    const loadMs = Math.min(...times);
    const { activationMs } = extension!.exports;
    assert.ok(loadMs > 0 && activationMs > 0);
    console.log(`loading ${loadMs.toFixed(1)} ms, activating ${activationMs.toFixed(1)} ms`);
    // For the benchmarks, which have no VS Code to ask.
    const out = path.join(extension!.extensionPath, 'out');
    mkdirSync(out, { recursive: true });
    writeFileSync(path.join(out, 'activation.json'), JSON.stringify({ ms: loadMs + activationMs }));
  });

  it('loads a part once; one that cannot be loaded is told with the way out, and tried again', async () => {
    const loads = [new Error('no such file'), 'the part'];
    const part = onUse(() => {
      const [loaded] = loads.splice(0, 1);
      return typeof loaded === 'string' ? Promise.resolve(loaded) : Promise.reject(loaded ?? new Error('loaded twice'));
    });
    const message = 'A part of Parallel Workflow could not be loaded: no such file. Reload the window; if that does not help, install the extension again.';
    await assert.rejects(part(), { name: 'UserError', message });
    assert.deepEqual(await Promise.all([part(), part()]), ['the part', 'the part']);
  });

  it('registers every command', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual([...Object.values(COMMANDS), ...Object.values(TREE_COMMANDS)].filter((command) => !registered.has(command)), []);
  });
});

/** A module is loaded only once, so it is a copy that is timed: of all that is read at activation. */
async function timeToLoad(entry: string, folder: string): Promise<number> {
  mkdirSync(folder, { recursive: true });
  try {
    for (const file of loadedWith(entry)) copyFileSync(file, path.join(folder, path.basename(file)));
    const start = performance.now();
    await import(pathToFileURL(path.join(folder, path.basename(entry))).href);
    return performance.now() - start;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
