import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { RunRecord } from '../../../src/agent/run-record.ts';
import type { AgentReport } from '../../../src/core/model/agents/agent-evidence.ts';
import { AGENT_FILES } from '../../../src/core/model/agents/agent-request.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { ManualClock } from '../views/manual-clock.ts';

function recorded(t: TestContext): { readonly record: RunRecord; readonly clock: ManualClock; readonly report: () => AgentReport; readonly text: (name: string) => string; readonly folder: string } {
  const folder = tempFolder(t);
  const clock = new ManualClock();
  const text = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  return { record: new RunRecord(folder, 'claude', clock), clock, folder, text, report: () => JSON.parse(text(AGENT_FILES.report)) as AgentReport };
}

void test('until its end the report says that the run broke off: whoever is killed has not come to an end', (t) => {
  const { record, report, folder } = recorded(t);
  assert.equal(report().evidence.type, 'crashed');
  record.end({ type: 'completed' });
  assert.deepEqual(report(), { agent: 'claude', evidence: { type: 'completed' }, turns: 0, inputTokens: 0, outputTokens: 0, refusals: [], filesChanged: [] });
  assert.deepEqual(readdirSync(folder).sort(), ['agent-report.json', 'events.ndjson'], 'nothing half-written is left');
});

void test('it grows while the run lasts, the session at once, the rest in a moment', async (t) => {
  const { record, report, clock } = recorded(t);
  record.setSession('S');
  assert.equal(report().session, 'S');
  record.setModel('m');
  record.setUsage({ turns: 2, inputTokens: 30 });
  record.refused({ tool: 'Edit', path: '/lab/a', why: 'held' });
  record.changed('/lab/b');
  record.changed('/lab/b');
  record.setAnswer('x'.repeat(9000));
  assert.equal(report().model, undefined);
  await clock.advance(500);
  const { model, turns, inputTokens, refusals, filesChanged, answer } = report();
  assert.deepEqual([model, turns, inputTokens, refusals.length, filesChanged, answer?.length], ['m', 2, 30, 1, ['/lab/b'], 8001]);
});

void test('raw events are kept line by line, but for one that would fill the disk', (t) => {
  const { record, text } = recorded(t);
  record.event({ type: 'a', text: 'line\nbreak' });
  record.event({ type: 'b', text: 'x'.repeat(300_000) });
  record.end({ type: 'completed' });
  const [first, second] = text(AGENT_FILES.events).trim().split('\n').map((line) => JSON.parse(line) as { type: string; length?: number });
  assert.deepEqual([first, second?.type, second!.length! > 300_000], [{ type: 'a', text: 'line\nbreak' }, 'left_out', true]);
});

void test('diffs are joined, up to a size', (t) => {
  const { record, text } = recorded(t);
  record.diff('one');
  record.diff('');
  record.diff('two\n');
  assert.equal(text(AGENT_FILES.diff), 'one\ntwo\n');
  for (let n = 0; n < 10; n++) record.diff('x'.repeat(2 ** 20));
  assert.ok(text(AGENT_FILES.diff).length < 9.1 * 2 ** 20);
  assert.match(text(AGENT_FILES.diff), /\n# What changed later is left out\.\n$/);
});
