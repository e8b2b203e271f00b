import path from 'node:path';
import type { FileGuard } from '../../../src/agent/agent-driver.ts';
import { ClaudeDriver } from '../../../src/agent/claude/claude-driver.ts';
import { LockGuard } from '../../../src/agent/files/lock-guard.ts';
import { systemClock } from '../../../src/core/base/clock.ts';
import type { EnginePort } from '../../../src/core/engine/engine-port.ts';
import type { AgentEvidence } from '../../../src/core/model/agents/agent-evidence.ts';
import type { AgentRequest } from '../../../src/core/model/agents/agent-request.ts';
import { RUN_MARK } from '../../../src/core/process/process-table.ts';
import { systemProcessTable } from '../../../src/core/process/system-process-table.ts';
import type { GenuineClaude } from './genuine-claude.ts';
import { RecordedTurn } from './recorded-turn.ts';

export interface GuardedOptions {
  /** Holds the files; without one nobody does. */
  readonly engine?: EnginePort;
  readonly request?: Partial<AgentRequest>;
  readonly env?: Readonly<Record<string, string>>;
  /** Tells this run's processes from others. */
  readonly mark?: string;
}

export interface GuardedRun {
  readonly turn: RecordedTurn;
  readonly ended: Promise<AgentEvidence>;
}

/** A turn of the genuine program in this process, with the lock manager before its writes. */
export function runGuarded(claude: GenuineClaude, prompt: string, { engine, request = {}, env = claude.env(), mark = path.join(claude.home, 'run') }: GuardedOptions): GuardedRun {
  const turn = new RecordedTurn({ workspace: claude.workspace, agent: 'claude', prompt, settings: claude.settings(), request: { task: 0, name: prompt, ...request } });
  const ending = new Promise<void>((resolve) => turn.signal.addEventListener('abort', () => resolve()));
  const files: FileGuard = engine === undefined ? turn.files : new LockGuard({ engine, request: turn.request, record: { changed: () => undefined, diff: () => undefined }, clock: systemClock, ending });
  const { conversation, record, signal } = turn;
  const driver = new ClaudeDriver({ clock: systemClock, table: systemProcessTable(process.platform), env: { ...env, [RUN_MARK]: mark } });
  return { turn, ended: driver.run({ request: turn.request, prompt, conversation, record, files, signal }) };
}
