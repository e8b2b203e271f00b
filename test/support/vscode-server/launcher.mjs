#!/usr/bin/env node
// Takes the place of the `code` executable for `runTests()` of @vscode/test-electron.
import { rerunUnderSuitableNode } from '../../../scripts/node.mjs';

await rerunUnderSuitableNode(import.meta.url);
const { launch } = await import('./launch.ts');
process.exitCode = await launch(process.argv.slice(2));
