import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { ToolBox } from '../../../../src/agent/tools/tool-box.ts';
import type { ToolAnswer } from '../../../../src/agent/tools/tool.ts';
import { commandEnvironment } from '../../../../src/agent/tools/command-environment.ts';
import { diskFiles } from '../../../../src/agent/tools/text-files.ts';
import { workspaceTools } from '../../../../src/agent/tools/workspace-tools.ts';
import { systemProcessTable } from '../../../../src/core/process/system-process-table.ts';
import { RecordedTurn } from '../../../support/agents/recorded-turn.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { until } from '../../../support/until.ts';

const table = systemProcessTable();

interface Setup {
  readonly root: string;
  readonly turn: RecordedTurn;
  readonly run: (input: object) => Promise<ToolAnswer>;
}

function setUp(t: TestContext, env: NodeJS.ProcessEnv = process.env): Setup {
  const root = tempFolder(t);
  const turn = new RecordedTurn({ workspace: root });
  const box = new ToolBox(workspaceTools({ workspace: root, cwd: root, context: [], files: diskFiles, commands: { env, table, platform: process.platform }, queue: undefined }), turn);
  return { root, turn, run: (input) => box.call({ name: 'run_command', input }) };
}

/** Resolves with the pid that a script has written, once it is complete. */
function pidIn(file: string): Promise<number> {
  return until(`a pid in ${file}`, () => (existsSync(file) && /^\d+\n$/.test(readFileSync(file, 'utf8')) ? Number(readFileSync(file, 'utf8')) : undefined));
}

test('a program runs with its arguments as they are, and a shell only where it is asked for', async (t) => {
  const { run, turn, root } = setUp(t);
  assert.equal((await run({ command: ['printf', '%s|', '$HOME', 'a b', '*'] })).text, '$HOME|a b|*|\nExit code 0.');
  assert.equal((await run({ shell: 'echo one | tr a-z A-Z; exit 3' })).text, 'ONE\nExit code 3.');
  mkdirSync(path.join(root, 'sub'));
  assert.equal((await run({ command: ['pwd'], folder: 'sub' })).text, `${path.join(root, 'sub')}\nExit code 0.`);
  assert.deepEqual(turn.guarded.slice(0, 2), ["before tool-1 unknown printf '%s|' '$HOME' 'a b' '*'", 'after tool-1'], 'it may write anything');
  assert.equal(turn.lines[0], "Run printf '%s|' '$HOME' 'a b' '*'");
});

test('what cannot be run is told', async (t) => {
  const { run, root } = setUp(t);
  assert.equal((await run({ command: ['no-such-program'] })).text, `There is no program \`no-such-program\`, or no folder \`${root}\`.`);
  assert.equal((await run({ command: ['true'], shell: 'true' })).text, 'Expected either `command` or `shell`.');
  assert.equal((await run({})).isError, true);
  assert.equal((await run({ shell: 'kill -9 $$' })).text, 'A signal ended it.');
});

test('of a long output the beginning and the end are kept, without colours', async (t) => {
  const { run } = setUp(t);
  const { text } = await run({ shell: 'printf "\\033[31mfirst\\033[0m\\n"; i=0; while [ $i -lt 3000 ]; do echo "line number $i of many"; i=$((i+1)); done; echo last' });
  assert.match(text, /^first\n/);
  assert.match(text, /characters left out …\n[^]*last\nExit code 0\.$/);
  assert.ok(text.length < 25_000);
});

test('a command that takes too long is ended with all that it started', async (t) => {
  const { run, root } = setUp(t);
  // The grandchild leaves parent and group, and does not listen.
  const answer = await run({ shell: `setsid sh -c 'trap "" TERM; echo $$ > far; exec sleep 600' & echo begun; exec sleep 600`, seconds: 4 });
  const far = await pidIn(path.join(root, 'far'));
  assert.equal(answer.text, 'begun\nIt took longer than 4.0 s and was ended.');
  assert.equal(await table.startOf(far), undefined);
});

test('what a command leaves behind is ended with it', async (t) => {
  const { run, root } = setUp(t);
  const answer = await run({ shell: 'sleep 600 & echo $! > left' });
  assert.equal(answer.text, 'Exit code 0.\n1 process that it left behind was ended.');
  assert.equal(await table.startOf(await pidIn(path.join(root, 'left'))), undefined);
});

test('the end of the run ends its command', async (t) => {
  const { run, root, turn } = setUp(t);
  const answer = run({ shell: 'echo $$ > own; exec sleep 600' });
  const own = await pidIn(path.join(root, 'own'));
  turn.end();
  assert.equal((await answer).text, 'It was ended together with the run.');
  assert.equal(await table.startOf(own), undefined);
});

test('commands do not get what only the agent is to know, nor an eager pager', async (t) => {
  const { run } = setUp(t, commandEnvironment({ ...process.env, MODEL_KEY: 'sk-secret', FORCE_COLOR: '1', OTHER: 'kept' }, ['MODEL_KEY']));
  assert.equal((await run({ shell: 'echo "${MODEL_KEY-none} ${FORCE_COLOR-none} $OTHER $PAGER"' })).text, 'none none kept cat\nExit code 0.');
});
