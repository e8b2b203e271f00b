// Plays Claude Code by a scenario: fake-claude.ts SCENARIO.json ARGUMENTS…; see `ClaudeScenario`.
import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ClaudeScenario, FakeStep } from './claude-scenario.ts';

interface Reply {
  readonly subtype: 'success' | 'error';
  readonly request_id: string;
  readonly response?: { readonly behavior?: string; readonly message?: string; readonly hookSpecificOutput?: { readonly permissionDecision?: string; readonly permissionDecisionReason?: string } };
}

type HookOutcome = { readonly allowed: true } | { readonly allowed: false; readonly why: string };

const [file = '', ...args] = process.argv.slice(2);
const scenario = JSON.parse(readFileSync(file, 'utf8')) as ClaudeScenario;
const journal = `${file}.heard`;
const run = existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').filter((line) => line.startsWith('{"args"')).length : 0;
hear({ args, env: process.env, cwd: process.cwd() });

const session = valueOf('--session-id') ?? valueOf('--resume') ?? 'no-session';
const waiting = new Map<string, (reply: Reply | undefined) => void>();
const children: ChildProcess[] = [];
let hooks: Readonly<Record<string, readonly { readonly matcher: string; readonly hookCallbackIds: readonly string[]; readonly onFailure?: string }[]>> = {};
let isInputOpen = true;
let status = 0;
let count = 0;
let prompted = (): void => undefined;
const prompt = new Promise<void>((resolve) => (prompted = resolve));
let closed = (): void => undefined;
const inputEnd = new Promise<void>((resolve) => (closed = resolve));

function hear(what: unknown): void {
  appendFileSync(journal, `${JSON.stringify(what)}\n`);
}

function valueOf(option: string): string | undefined {
  const at = args.indexOf(option);
  return at < 0 ? undefined : args[at + 1];
}

function write(text: string): void {
  process.stdout.write(text);
}

function emit(message: object): void {
  write(`${JSON.stringify({ session_id: session, ...message })}\n`);
}

function leave(code: number): never {
  for (const child of children) if (child.pid !== undefined) try { process.kill(-child.pid, 'SIGKILL'); } catch { /* It has gone. */ }
  process.exit(code);
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const message = JSON.parse(line) as { type: string; request_id: string; request?: { subtype: string; hooks?: typeof hooks }; response?: Reply };
  hear(message);
  if (message.type === 'user') prompted();
  else if (message.type === 'control_response') answered(message.response!);
  else if (message.request?.subtype === 'initialize') {
    hooks = message.request.hooks ?? {};
    if (scenario.initialize === null) return;
    const response = { claude_code_version: '2.1.329', hooks_applied: true, hook_on_failure_supported: true, ...scenario.initialize };
    write(`${JSON.stringify({ type: 'control_response', response: { subtype: 'success', request_id: message.request_id, response } })}\n`);
  } else if (message.request?.subtype === 'interrupt' && scenario.ignores?.includes('interrupt') !== true) {
    write(`${JSON.stringify({ type: 'control_response', response: { subtype: 'success', request_id: message.request_id } })}\n`);
    emit({ type: 'result', subtype: 'error_during_execution', is_error: true, num_turns: 1, terminal_reason: 'aborted_tools', errors: [] });
    leave(1);
  }
}).on('close', () => {
  isInputOpen = false;
  closed();
  for (const resolve of waiting.values()) resolve(undefined);
});

if (scenario.ignores?.includes('SIGTERM') === true) process.on('SIGTERM', () => undefined);
else process.on('SIGTERM', () => leave(143));
process.on('SIGINT', () => process.exit(0));

function answered(reply: Reply): void {
  const resolve = waiting.get(reply.request_id);
  waiting.delete(reply.request_id);
  resolve?.(reply);
}

/** Asks whoever started us. Resolves with `undefined` when the time is up or nobody is there any more. */
function ask(request: object, timeoutMs: number): Promise<Reply | undefined> {
  const id = `theirs-${++count}`;
  return new Promise((resolve) => {
    if (!isInputOpen) return resolve(undefined);
    const timer = setTimeout(() => {
      if (waiting.delete(id)) write(`${JSON.stringify({ type: 'control_cancel_request', request_id: id })}\n`);
      resolve(undefined);
    }, timeoutMs);
    waiting.set(id, (reply) => {
      clearTimeout(timer);
      resolve(reply);
    });
    write(`${JSON.stringify({ type: 'control_request', request_id: id, request })}\n`);
  });
}

/** As the genuine program does: an error lets the call through unless the hook says otherwise, silence does not. */
async function hook(event: string, step: Extract<FakeStep, { do: 'tool' }>, id: string): Promise<HookOutcome> {
  for (const { matcher, hookCallbackIds, onFailure } of hooks[event] ?? []) {
    if (!new RegExp(`^(?:${matcher})$`).test(step.name)) continue;
    const input = { session_id: session, cwd: process.cwd(), hook_event_name: event, tool_name: step.name, tool_input: step.input, tool_use_id: id };
    const reply = await ask({ subtype: 'hook_callback', callback_id: hookCallbackIds[0], input, tool_use_id: id }, step.hookTimeoutMs ?? 60_000);
    if (reply === undefined) return { allowed: false, why: 'the hook did not respond; not executed' };
    if (reply.subtype === 'error' && onFailure === 'block') return { allowed: false, why: 'the hook failed' };
    const decision = reply.response?.hookSpecificOutput;
    if (decision?.permissionDecision === 'deny') return { allowed: false, why: `hook error: ${decision.permissionDecisionReason}` };
  }
  return { allowed: true };
}

async function tool(step: Extract<FakeStep, { do: 'tool' }>): Promise<void> {
  const id = `toolu_${++count}`;
  emit({ type: 'assistant', message: { id: `msg_${count}`, content: [{ type: 'tool_use', id, name: step.name, input: step.input }] }, parent_tool_use_id: null });
  const say = (content: string, isError: boolean): void => emit({ type: 'user', message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content, ...(isError && { is_error: true }) }] } });
  const before = step.isUnhooked === true ? ({ allowed: true } as const) : await hook('PreToolUse', step, id);
  if (!before.allowed) return say(before.why, true);
  if (step.asks === true) {
    const reply = await ask({ subtype: 'can_use_tool', tool_name: step.name, input: step.input, tool_use_id: id }, 60_000);
    if (reply?.response?.behavior !== 'allow') return say(reply?.response?.message ?? 'nobody answered', true);
  }
  for (const [name, text] of Object.entries(step.writes ?? {})) writeFileSync(name, text);
  if (step.isUnhooked !== true) await hook(step.fails === true ? 'PostToolUseFailure' : 'PostToolUse', step, id);
  say(step.fails === true ? 'it failed' : (step.result ?? 'done'), step.fails === true);
}

async function play(step: FakeStep): Promise<void> {
  switch (step.do) {
    case 'init':
      return emit({ type: 'system', subtype: 'init', model: step.model ?? valueOf('--model') ?? 'claude-fake-1', claude_code_version: '2.1.329', cwd: process.cwd() });
    case 'say':
      return emit({ type: 'assistant', message: { id: `msg_${++count}`, content: [{ type: 'text', text: step.text }] }, ...(step.error !== undefined && { error: step.error }) });
    case 'tool':
      return tool(step);
    case 'emit':
      return emit(step.message);
    case 'raw':
      for (const part of step.parts) await new Promise<void>((resolve) => void process.stdout.write(Buffer.from(part, step.encoding ?? 'utf8'), () => setImmediate(resolve)));
      return;
    case 'huge':
      return write(`{"type":"unknown","text":"${'x'.repeat(step.length)}"}\n`);
    case 'ask':
      hear({ asked: await ask(step.request, 60_000) });
      return;
    case 'complain':
      process.stderr.write(step.text);
      return;
    case 'child': {
      // In a session of its own, as the commands of the genuine program are.
      const child = spawn('sh', ['-c', 'echo $$ > "$0"; exec sleep 600', step.pidFile], { detached: true, stdio: 'ignore' });
      children.push(child);
      while (!existsSync(step.pidFile) || readFileSync(step.pidFile, 'utf8') === '') await new Promise((resolve) => setTimeout(resolve, 5));
      return;
    }
    case 'forget':
      children.length = 0;
      return;
    case 'wait':
      while (!existsSync(step.file)) await new Promise((resolve) => setTimeout(resolve, 5));
      return;
    case 'hang':
      hear({ hanging: process.pid });
      return new Promise(() => setInterval(() => undefined, 1000));
    case 'die':
      process.kill(process.pid, step.signal);
      return new Promise(() => undefined);
    case 'exit':
      return leave(step.code);
    case 'result': {
      status = step.fields?.is_error === true ? 1 : 0;
      return emit({ ...RESULT, ...step.fields });
    }
  }
}

/** Keys are in no fixed order: `type` may come late. */
const RESULT = {
  duration_ms: 5, num_turns: 1, total_cost_usd: 0.25, terminal_reason: 'completed', stop_reason: 'end_turn', is_error: false, subtype: 'success', result: 'All done.', api_error_status: null, type: 'result',
  modelUsage: { 'claude-fake-1': { inputTokens: 10, outputTokens: 20, cacheReadInputTokens: 5, cacheCreationInputTokens: 5, costUSD: 0.25 } }, errors: [], permission_denials: [], queued_turn_count: 0,
};

if (scenario.isEarly !== true) await prompt;
for (const step of scenario.runs[Math.min(run, scenario.runs.length - 1)]!) await play(step);
await inputEnd;
leave(status);
