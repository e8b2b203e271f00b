import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSilenced, silence } from '../../../../src/core/assessment/noqa.ts';
import { pythonLines } from '../../../../src/core/assessment/python-line.ts';

function silenced(text: string, code = 'F401'): string | undefined {
  const edit = silence(4, text, code);
  if (edit === undefined) return undefined;
  const { from, to } = edit.span;
  assert.deepEqual([from.line, to.line], [4, 4]);
  return text.slice(0, from.character) + edit.text + text.slice(to.character);
}

test('a comment is put at the end of the line, or taken into the one that is there', () => {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['import os', 'import os  # noqa: F401'],
    ['import os   ', 'import os  # noqa: F401'],
    ['import os  # for later', 'import os  # for later  # noqa: F401'],
    ['import os  # noqa: E402', 'import os  # noqa: E402, F401'],
    ['import os  # noqa: E402, B018  # for later', 'import os  # noqa: E402, B018, F401  # for later'],
    ['import os  # NOQA:E402', 'import os  # NOQA:E402, F401'],
    ['import os  # noqa: F401', undefined],
    ['import os  # noqa', undefined],
    ['', '  # noqa: F401'],
  ];
  for (const [before, after] of rows) assert.equal(silenced(before), after, before);
});

test('a comment for the whole file stands on a line of its own', () => {
  const lines = (text: string): ReturnType<typeof pythonLines> => pythonLines(text.split('\n'));
  assert.deepEqual(
    ['# ruff: noqa\nx', '# flake8: noqa: PW101\nx', '# ruff: noqa: F401\nx', 'y = 1  # ruff: noqa\nx', 'y = "# ruff: noqa"\nx'].map((text) => isSilenced(lines(text), 1, 'PW101')),
    [true, true, false, false, false],
  );
});
