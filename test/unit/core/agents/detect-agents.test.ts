import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentDetector } from '../../../../src/core/agents/detect-agents.ts';
import type { Looked } from '../../../../src/core/agents/state-after-look.ts';
import { PROBE_LIMITS, type Surroundings } from '../../../../src/core/agents/surroundings.ts';
import { DEFAULT_AGENT_SETTINGS } from '../../../../src/core/model/agents/agent-settings.ts';
import type { ProgramAnswer, ProgramCall } from '../../../../src/core/process/run-program.ts';
import { ManualClock, settled } from '../../views/manual-clock.ts';

/** A machine whose programs take until their limits, on paper. */
function slow(platform: NodeJS.Platform, answerOf: (call: ProgramCall) => ProgramAnswer, tookMs: (call: ProgramCall) => number) {
  const clock = new ManualClock();
  const calls: { readonly what: string; readonly from: number; readonly limitMs: number; readonly signal: AbortSignal }[] = [];
  const run = (call: ProgramCall): Promise<ProgramAnswer> => {
    const { file, args, limitMs, signal } = call;
    calls.push({ what: `${file.split('/').at(-1)} ${args[0]}`, from: clock.now(), limitMs, signal });
    return new Promise((resolve) => clock.after(Math.min(limitMs, tookMs(call)), () => resolve(answerOf(call))));
  };
  const isThere = (program: string): boolean => ['python', 'python3', '/bin/python', '/bin/claude'].includes(program) || (program === 'claude' && platform !== 'darwin');
  const around: Surroundings = {
    run, finder: { find: (program) => (isThere(program) ? (program.includes('/') ? program : `/bin/${program}`) : undefined) }, env: { SHELL: '/bin/zsh' }, home: '/', platform, arch: 'x64', systemFolders: ['/bin'],
    limits: PROBE_LIMITS, claudeExtension: undefined, workspace: undefined, python: undefined, now: () => clock.now(),
  };
  const detect = async (signal = new AbortController().signal): Promise<readonly Looked[]> => {
    const looked = agentDetector(around)(DEFAULT_AGENT_SETTINGS, signal);
    await settled();
    await clock.advance(5000);
    return looked;
  };
  return { calls, detect };
}

const told = (output: string): ProgramAnswer => ({ type: 'ended', code: 0, output });

for (const platform of ['linux', 'darwin', 'win32'] as const) {
  void test(`on ${platform} all questions together end within 1.5 s, though each takes all of its time`, async () => {
    const answer = ({ args }: ProgramCall): ProgramAnswer => (args[0] === '--version' ? told('2.1.329 (Claude Code)') : { type: 'tooLong' });
    const { calls, detect } = slow(platform, answer, ({ limitMs }) => limitMs);
    const looked = await detect();
    assert.deepEqual(looked.map(({ state }) => state.name), ['claude', 'autogen']);
    assert.ok(calls.length >= 2);
    for (const { what, from, limitMs } of calls) assert.ok(from + limitMs <= 1500, `${what} from ${from} for ${limitMs} ms`);
  });
}

void test('the agents are asked side by side', async () => {
  const { calls, detect } = slow('linux', () => told('2.1.329 (Claude Code)'), () => 50);
  await detect();
  assert.deepEqual(calls.map(({ what, from }) => [what, from]), [['python3 -I', 0], ['claude --version', 0], ['claude auth', 50]]);
});

void test('calling it off reaches every program', async () => {
  const { calls, detect } = slow('linux', () => told('2.1.329 (Claude Code)'), () => 50);
  const stop = new AbortController();
  await detect(stop.signal);
  stop.abort();
  assert.ok(calls.length === 3 && calls.every(({ signal }) => signal.aborted));
});
