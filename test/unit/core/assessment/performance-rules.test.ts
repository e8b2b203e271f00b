import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayBeSlow, slowPlaces } from '../../../../src/core/assessment/performance-rules.ts';
import { pythonLines } from '../../../../src/core/assessment/python-line.ts';

function slow(text: string): readonly string[] {
  const found = slowPlaces(pythonLines(text.split('\n'))).map(({ code, span }) => `${code} ${span.from.line}:${span.from.character}`);
  // The quick look must never hide what the long one finds.
  if (found.length > 0) assert.ok(mayBeSlow(text), text);
  return found;
}

const found: readonly (readonly [string, string])[] = [
  ['for index, row in table.iterrows():\n    use(row)', 'PW101 0:23'],
  ['rows = [row.a for _, row in table.iterrows()]', 'PW101 0:33'],
  ['for x in xs:\n    out = np.append(out, x)', 'PW102 1:4'],
  ['while True:\n    df = pd.concat([df, part])', 'PW102 1:4'],
  ['for x in xs:\n    if x:\n        a = numpy.vstack((a, x))', 'PW102 2:8'],
  ['for x in xs:\n    df = pd.concat(\n        [df, part],\n    )', 'PW102 1:4'],
  ['while queue:\n    node = queue.pop(0)', 'PW103 1:16'],
  ['async def f():\n    async for x in xs:\n        path.insert(0, x)', 'PW103 2:12'],
  ['for x in xs:\n    with lock:\n        try:\n            todo.pop( 0 )\n        except IndexError:\n            pass', 'PW103 3:16'],
];

for (const [text, place] of found) {
  test(`found: ${text.replaceAll('\n', ' ⏎ ')}`, () => assert.deepEqual(slow(text), [place]));
}

const fine: readonly string[] = [
  'out = np.append(out, x)',
  'node = queue.pop(0)',
  'for x in xs:\n    y = np.append(other, x)',
  'for x in xs:\n    total = np.append(total.copy(), x)',
  'for x in xs:\n    parts.append(x)\nout = np.concatenate(parts)',
  'for x in xs:\n    def later():\n        return queue.pop(0)',
  'for x in xs:\n    pass\nnode = queue.pop(0)',
  'for x in xs:\n    sys.path.insert(0, x)',
  'for x in xs:\n    stack.pop()\n    table.pop(key)\n    items.insert(10, x)',
  '# for row in table.iterrows():',
  'text = """\nfor row in table.iterrows():\n    a.pop(0)\n"""',
  "say('table.iterrows()')",
  'for row in table.itertuples():\n    use(row)',
  'for row in table.iterrows():  # noqa\n    use(row)',
  'for row in table.iterrows():  # noqa: B007, PW101\n    use(row)',
  '# ruff: noqa\nfor row in table.iterrows():\n    use(row)',
  '# ruff: noqa: PW101\nfor row in table.iterrows():\n    use(row)',
];

for (const text of fine) {
  test(`fine: ${text.replaceAll('\n', ' ⏎ ')}`, () => assert.deepEqual(slow(text), []));
}

test('a comment silences on the line that the finding begins in', () => {
  assert.deepEqual(slow('for x in xs:\n    a = np.append(\n        a, x)  # noqa: PW102'), ['PW102 1:4']);
  assert.deepEqual(slow('for x in xs:\n    a = np.append(  # noqa: PW102\n        a, x)'), []);
  assert.deepEqual(slow('for row in t.iterrows():  # noqa: F401\n    use(row)'), ['PW101 0:12']);
});

test('a text that is no Python does no harm', () => {
  for (const text of ['', '"""', "'", '(((', '\\', '\u0000', 'for x in xs:\n\\', '#'.repeat(10), 'x = "a\\', '}}}.iterrows()']) assert.doesNotThrow(() => slow(text), text);
});
