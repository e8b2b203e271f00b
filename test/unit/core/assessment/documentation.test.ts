import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { LEFT_OUT, OLDEST_RUFF, RUFF_ARGUMENTS, WASM_SETTINGS } from '../../../../src/core/assessment/rules.ts';

const text = readFileSync(new URL('../../../../docs/SCRIPT_ASSESSMENT.md', import.meta.url), 'utf8').replaceAll(/\s+/g, ' ');

test('the documented rules are those that both runners of ruff are given', () => {
  const documented = /The rules are (.*?), without (.*?)\. In/.exec(text)!;
  const codes = (part: string): readonly string[] => [...part.matchAll(/`([A-Z]+\d*)`/g)].map(([, code]) => code!);
  assert.deepEqual(codes(documented[1]!), WASM_SETTINGS.lint.select);
  assert.equal(RUFF_ARGUMENTS[RUFF_ARGUMENTS.indexOf('--select') + 1], WASM_SETTINGS.lint.select.join(','));
  assert.deepEqual(codes(documented[2]!), [...LEFT_OUT]);
  assert.ok(text.includes(`older than ${OLDEST_RUFF.slice(0, 2).join('.')},`));
});
