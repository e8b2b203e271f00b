import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { projectRoot } from '../support/vscode-server/cached-folder.ts';
import { pageTest } from '../support/vscode-server/page-test.ts';

let workspace: string;
before(() => {
  workspace = mkdtempSync(join(tmpdir(), 'workspace-'));
  writeFileSync(join(workspace, 'sweep.py'), 'print("sweep")\n');
});
after(() => rmSync(workspace, { recursive: true, force: true }));

pageTest('the workbench opens on the folder and comes back after a reload', () => ({ workspace, extension: projectRoot }), async (workbench) => {
  const file = workbench.page.getByRole('treeitem', { name: 'sweep.py' });
  await file.waitFor();
  const first = workbench.extensionHost;
  await workbench.reload();
  await file.waitFor();
  assert.notEqual(workbench.extensionHost, first);
  assert.deepEqual(workbench.server.extensionHosts(), [workbench.extensionHost]);
});
