import path from 'node:path';
import type { Clock } from '../core/base/clock.ts';
import { messageOf, UserError } from '../core/base/user-error.ts';
import type { EnginePort } from '../core/engine/engine-port.ts';
import type { AgentEvidence, AgentReport } from '../core/model/agents/agent-evidence.ts';
import type { AgentRequest } from '../core/model/agents/agent-request.ts';
import { agentLabel } from '../core/present/agents/agent-label.ts';
import { describeEvidence } from '../core/present/agents/describe-evidence.ts';
import type { AgentDriver, Conversation } from './agent-driver.ts';
import { LockGuard } from './files/lock-guard.ts';
import { RunRecord } from './run-record.ts';
import { turnPrompt } from './turn-prompt.ts';

export interface TurnPorts {
  /** The run's folder. */
  readonly folder: string;
  readonly request: AgentRequest;
  readonly conversation: Conversation;
  readonly clock: Clock;
  /** Aborted when the run is to end. */
  readonly signal: AbortSignal;
  /** The agent's driver; `undefined` when this version has none. */
  readonly loadDriver: (engine: EnginePort) => Promise<AgentDriver | undefined>;
  /** An engine that holds files. */
  readonly openEngine: () => Promise<EnginePort>;
}

/** Carries out one prompt and writes down what it came to. Resolves with the report, whatever happens. */
export async function runTurn(ports: TurnPorts): Promise<AgentReport> {
  const { folder, request, conversation, clock } = ports;
  const record = new RunRecord(folder, request.agent, clock);
  conversation.note(`${agentLabel(request.agent)} in ${path.basename(request.cwd)}`);
  const evidence = await evidenceOf(ports, record);
  if (evidence.type !== 'completed') conversation.note(describeEvidence(request.agent, evidence));
  return record.end(evidence);
}

async function evidenceOf({ request, conversation, clock, signal, loadDriver, openEngine }: TurnPorts, record: RunRecord): Promise<AgentEvidence> {
  let engine: EnginePort | undefined;
  try {
    engine = await openEngine();
    const driver = await loadDriver(engine);
    if (driver === undefined) return { type: 'failed', message: `this version cannot speak with ${agentLabel(request.agent)}` };
    const files = new LockGuard({ engine, request, record, clock, ending: aborted(signal) });
    return await driver.run({ request, prompt: turnPrompt(request), conversation, record, files, signal });
  } catch (error) {
    // What is meant for people is said in a line; the rest is a fault of ours, and its place matters.
    return { type: 'crashed', message: error instanceof UserError ? error.message : ((error as Error).stack ?? messageOf(error)) };
  } finally {
    await engine?.close();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
