// An engine as a program of its own: engine-process.ts OPTIONS, driven over the channel to the process that forked it.
import { flushCompileCache } from 'node:module';
import { openEngine } from '../../../src/core/engine/open-engine.ts';
import type { Checkpoint } from '../../../src/core/engine/checkpoint.ts';
import { DEFAULT_OPTIONS } from '../../../src/core/engine/engine-options.ts';
import type { EnginePort } from '../../../src/core/engine/engine-port.ts';
import { stateFolder } from '../../../src/core/engine/state-folder.ts';
import type { EngineCall, EngineMessage, EngineProcessOptions } from './engine-call.ts';

const { roots, runsTasks = true, graceMs = DEFAULT_OPTIONS.graceMs, interruption, agentRunner } = JSON.parse(process.argv[2]!) as EngineProcessOptions;

let passed = 0;
const checkpoint: Checkpoint = (step) => {
  if (step !== interruption?.step || ++passed !== interruption.nth) return;
  process.kill(process.pid, interruption.signal);
};

function send(message: EngineMessage): void {
  if (process.connected) process.send!(message);
}

async function answer(engine: EnginePort, { call, method, args }: EngineCall): Promise<void> {
  try {
    const act = engine[method].bind(engine) as (...args: readonly unknown[]) => Promise<unknown>;
    send({ type: 'answer', call, value: await act(...args) });
  } catch (error) {
    send({ type: 'error', call, message: String(error) });
  }
}

// Whoever forked it is gone: nobody would ever end it.
process.on('disconnect', () => process.exit());

try {
  const engine = await openEngine({ ...DEFAULT_OPTIONS, home: stateFolder(), kind: 'cli', roots, runsTasks, graceMs, ...(agentRunner !== undefined && { agentRunner }) }, checkpoint);
  engine.onDidChange((notice) => send({ type: 'changed', at: performance.timeOrigin + performance.now(), notice }));
  process.on('message', (message: EngineCall) => void answer(engine, message));
  send({ type: 'ready' });
  // Those that come after it start faster; at its end it would be too late, for it may be killed.
  flushCompileCache();
} catch (error) {
  send({ type: 'failed', message: String(error) });
  process.disconnect();
}
