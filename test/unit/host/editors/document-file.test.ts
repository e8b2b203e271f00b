import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentFile } from '../../../../src/host/editors/document-file.ts';

const uri = (scheme: string, path: string) => ({ scheme, path, fsPath: path });

test('a file is itself, an untitled document the file it is going to be; what lies on no disk is none', () => {
  const found = [uri('file', '/lab/a'), uri('untitled', '/lab/b'), uri('untitled', 'Untitled-1'), uri('git', '/lab/a'), uri('vscode-notebook-cell', '/lab/a.ipynb')].map(documentFile);
  assert.deepEqual(found, ['/lab/a', '/lab/b', undefined, undefined, undefined]);
});
