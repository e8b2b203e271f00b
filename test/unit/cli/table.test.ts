import assert from 'node:assert/strict';
import test from 'node:test';
import { styleFor } from '../../../src/cli/terminal/style.ts';
import { renderTable, type Column } from '../../../src/cli/terminal/table.ts';

const COLUMNS: readonly Column[] = [{ title: 'task', shrinksTo: 6 }, { title: 'time', align: 'right' }, { title: 'where', shrinksTo: 4 }];

test('columns are aligned, figures to the right, nothing trails', () => {
  const lines = renderTable(COLUMNS, [['nbody.py', '1.0 s', '/w/out'], ['x', '12 min 3 s', ''], ['sum', '', '']]);
  assert.deepEqual(lines, [
    'task            time  where',
    'nbody.py       1.0 s  /w/out',
    'x         12 min 3 s',
    'sum',
  ]);
});

test('wide and combining characters take the columns that a terminal gives them', () => {
  const lines = renderTable(COLUMNS, [['模拟.py', '1 s', 'a'], ['e\u0301tude', '2 s', 'b'], ['👩‍👩‍👧', '3 s', 'c']], { titles: false });
  assert.deepEqual(lines, ['模拟.py  1 s  a', 'e\u0301tude    2 s  b', '👩‍👩‍👧       3 s  c']);
});

test('a narrow terminal cuts the columns that may be cut, the widest first', () => {
  const [line] = renderTable(COLUMNS, [['a-very-long-script-name.py', '1.0 s', '/w/agent_outputs/x']], { titles: false, width: 30 });
  assert.equal(line, 'a-very-lo…  1.0 s  /w/agent_o…');
  assert.equal(line.length, 30);
});

test('columns never shrink below their least width', () => {
  const [line] = renderTable(COLUMNS, [['a-very-long-script-name.py', '1.0 s', '/w/agent_outputs/x']], { titles: false, width: 5 });
  assert.equal(line, 'a-ver…  1.0 s  /w/…');
});

test('a name cannot move the cursor or break the line', () => {
  const [line] = renderTable(COLUMNS, [['a\u001b[2Jb\nc\u202ed', '1 s', 'w']], { titles: false });
  assert.equal(line, 'a [2Jb c d  1 s  w');
});

test('looks wrap the text and not the blanks around it', () => {
  const [line] = renderTable(COLUMNS, [[{ text: 'ok', look: 'green' }, { text: '1 s', look: 'dim' }, 'w']], { titles: false, style: styleFor(true) });
  assert.equal(line, '\u001b[32mok\u001b[39m  \u001b[2m1 s\u001b[22m  w');
});
