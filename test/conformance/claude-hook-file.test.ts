import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { HOOK_FILES, withClaudeHooks } from '../../src/core/agents/hook-files.ts';
import { hookProgram, hookProgramText } from '../../src/core/agents/hook-program.ts';
import { DEFAULT_OPTIONS } from '../../src/core/engine/engine-options.ts';
import type { EnginePort } from '../../src/core/engine/engine-port.ts';
import { openEngine } from '../../src/core/engine/open-engine.ts';
import { GENUINE_CLAUDE, GenuineClaude, WITH_CLAUDE } from '../support/agents/genuine-claude.ts';

const CLI = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** A session that somebody else started, in a workspace with our hook file. */
class ForeignSession {
  readonly claude: GenuineClaude;
  readonly home: string;
  readonly engine: EnginePort;

  private constructor(claude: GenuineClaude, home: string, engine: EnginePort) {
    this.claude = claude;
    this.home = home;
    this.engine = engine;
  }

  static async open(t: TestContext): Promise<ForeignSession> {
    const claude = await GenuineClaude.open(t, () => ({ type: 'say', text: '…' }));
    const home = path.join(claude.home, 'state');
    const engine = await openEngine({ ...DEFAULT_OPTIONS, home, kind: 'cli', roots: [] });
    t.after(() => engine.close());
    const session = new ForeignSession(claude, home, engine);
    const program = hookProgram(home, process.platform);
    fs.mkdirSync(path.dirname(program), { recursive: true });
    session.installProgram(hookProgramText({ node: process.execPath, cli: CLI, home }, process.platform));
    fs.mkdirSync(claude.file('.claude'));
    fs.writeFileSync(claude.file(HOOK_FILES.claude), withClaudeHooks(undefined, program));
    claude.service.script = ({ results }) => (results.length === 0 ? { type: 'say', text: '', tools: [{ name: 'Write', input: { file_path: claude.file('a.txt'), content: 'x' } }] } : { type: 'say', text: 'Done.' });
    return session;
  }

  installProgram(text: string): void {
    fs.writeFileSync(hookProgram(this.home, process.platform), text, { mode: 0o755 });
  }

  /** Resolves with what its write came to, in the words that the model was told. */
  async write(): Promise<string> {
    const { claude } = this;
    const child = spawn(GENUINE_CLAUDE, ['-p', 'Write it.', '--permission-mode', 'acceptEdits'], { cwd: claude.workspace, env: claude.env(), stdio: 'ignore' });
    assert.equal(await new Promise((resolve) => child.once('exit', resolve)), 0);
    return claude.service.requests.at(-1)!.results[0]!.text;
  }
}

void test('a session that is not ours asks the same lock manager, once it has the hook file', WITH_CLAUDE, async (t) => {
  const session = await ForeignSession.open(t);
  const { claude, engine } = session;
  await engine.setUnsaved([claude.file('a.txt')]);
  assert.match(await session.write(), /a\.txt has unsaved changes of a person/);
  assert.ok(!fs.existsSync(claude.file('a.txt')));
  await engine.setUnsaved([]);
  assert.match(await session.write(), /created successfully/);
  assert.deepEqual(await engine.filesInUse([claude.workspace]), [], 'and gives it back');
});

void test('when its hook cannot ask, or is cut off, it writes nothing', WITH_CLAUDE, async (t) => {
  const session = await ForeignSession.open(t);
  for (const [text, what] of [['#!/bin/sh\nexit 1\n', 'fails'], ['#!/bin/sh\nkill -9 $$\n', 'is killed'], [`#!/bin/sh\nexec '${process.execPath}' -e 'throw 1'\n`, 'crashes']] as const) {
    session.installProgram(text);
    await session.write();
    assert.ok(!fs.existsSync(session.claude.file('a.txt')), what);
  }
});
