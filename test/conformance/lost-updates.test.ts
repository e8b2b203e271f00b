import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { DEFAULT_OPTIONS } from '../../src/core/engine/engine-options.ts';
import type { EnginePort } from '../../src/core/engine/engine-port.ts';
import { openEngine } from '../../src/core/engine/open-engine.ts';
import type { ModelRequest, ModelTurn, ToolCall } from '../support/agents/anthropic-stand-in.ts';
import { GenuineClaude, WITH_CLAUDE } from '../support/agents/genuine-claude.ts';
import { runGuarded } from '../support/agents/guarded-turn.ts';

const AGENTS = 8;
const EDITS = 13;
const AT_ONCE = 16;

/** Lets everybody go on when all of them have come, so that their edits meet. */
class Barrier {
  private size: number;
  private waiting: (() => void)[] = [];

  constructor(size: number) {
    this.size = size;
  }

  arrive(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.look();
    });
  }

  /** One comes no more. */
  leave(): void {
    this.size--;
    this.look();
  }

  private look(): void {
    if (this.waiting.length < this.size) return;
    for (const go of this.waiting.splice(0)) go();
  }
}

/** Each agent writes marks of its own into its own line of one file, now with its editing tool, now with a command. */
async function edit(t: TestContext, withLocks: boolean): Promise<{ readonly reported: number; readonly lost: number; readonly refused: number }> {
  const barrier = new Barrier(AGENTS);
  const claude = await GenuineClaude.open(t, async (request): Promise<ModelTurn> => {
    const agent = numberOf(request);
    const call = nextCall(claude.file('shared.txt'), agent, request.results);
    if (call === undefined) barrier.leave();
    else await barrier.arrive();
    return { type: 'say', text: call === undefined ? 'Done.' : '', ...(call !== undefined && { tools: [call] }) };
  });
  fs.writeFileSync(claude.file('shared.txt'), Array.from({ length: AGENTS }, (_, agent) => `line ${agent}: end-${agent}.\n`).join(''));
  const engine = withLocks ? await agentEngine(t, claude) : undefined;
  const settings = claude.settings({ allow: ['Bash(sed *)'] });
  const runs = Array.from({ length: AGENTS }, (_, agent) => runGuarded(claude, `Agent ${agent}`, { ...(engine !== undefined && { engine }), mark: path.join(claude.home, `run-${agent}`), request: { settings } }));
  for (const { ended } of runs) assert.deepEqual(await ended, { type: 'completed' });
  const text = fs.readFileSync(claude.file('shared.txt'), 'utf8');
  let [reported, lost] = [0, 0];
  for (let agent = 0; agent < AGENTS; agent++) {
    const last = claude.service.requests.findLast((request) => numberOf(request) === agent)!;
    last.results.forEach(({ isError }, n) => {
      // The first call only reads.
      if (n === 0 || isError) return;
      reported++;
      if (!text.includes(`<${agent}.${n}>`)) lost++;
    });
  }
  return { reported, lost, refused: runs.reduce((sum, { turn }) => sum + turn.refusals.length, 0) };
}

/** What was refused, or did not work, is tried again, as an agent does. */
function nextCall(file: string, agent: number, results: ModelRequest['results']): ToolCall | undefined {
  const n = results.length;
  if (n === 0) return { name: 'Read', input: { file_path: file } };
  if (results.filter(({ isError }) => !isError).length > EDITS || n > 3 * EDITS) return undefined;
  if (n % 2 === 0) return { name: 'Bash', input: { command: `sed -i 's/end-${agent}[.]/<${agent}.${n}> end-${agent}./' shared.txt` } };
  return { name: 'Edit', input: { file_path: file, old_string: `end-${agent}.`, new_string: `<${agent}.${n}> end-${agent}.` } };
}

function numberOf({ prompts }: ModelRequest): number {
  return Number(/Agent (\d+)/.exec(prompts.join('\n'))?.[1]);
}

async function agentEngine(t: TestContext, claude: GenuineClaude): Promise<EnginePort> {
  const engine = await openEngine({ ...DEFAULT_OPTIONS, home: path.join(claude.home, 'state'), kind: 'agent', roots: [], runsTasks: false });
  t.after(() => engine.close());
  return engine;
}

void test(`${AGENTS} agents at one file lose none of ${AGENTS * EDITS} edits`, WITH_CLAUDE, async (t) => {
  const { reported, lost, refused } = await edit(t, true);
  t.diagnostic(`${reported} edits, ${lost} lost, ${refused} refused`);
  assert.deepEqual({ reported, lost }, { reported: AGENTS * EDITS, lost: 0 });
});

void test('without locks they lose some, and say all is well', WITH_CLAUDE, async (t) => {
  const { reported, lost } = await edit(t, false);
  t.diagnostic(`${reported} edits, ${lost} lost`);
  assert.ok(lost > 0, 'else the test above shows nothing');
});

void test(`${AT_ONCE} agents work at once`, WITH_CLAUDE, async (t) => {
  const barrier = new Barrier(AT_ONCE);
  const claude = await GenuineClaude.open(t, async (request) => {
    if (request.results.length > 0) return { type: 'say', text: 'Done.' };
    await barrier.arrive();
    return { type: 'say', text: '', tools: [{ name: 'Write', input: { file_path: claude.file(`${numberOf(request)}.txt`), content: 'x' } }] };
  });
  const engine = await agentEngine(t, claude);
  const runs = Array.from({ length: AT_ONCE }, (_, agent) => runGuarded(claude, `Agent ${agent}`, { engine, mark: path.join(claude.home, `run-${agent}`) }));
  for (const { ended } of runs) assert.deepEqual(await ended, { type: 'completed' });
  assert.equal(fs.readdirSync(claude.workspace).length, AT_ONCE);
  assert.equal(new Set(runs.map(({ turn }) => turn.session)).size, AT_ONCE);
});
