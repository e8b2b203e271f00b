import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { AgentSettings } from '../../../src/core/model/agents/agent-settings.ts';
import { DEFAULT_AGENT_SETTINGS } from '../../../src/core/model/agents/agent-settings.ts';
import type { TaskDetail } from '../../../src/core/engine/engine-port.ts';
import type { TaskId } from '../../../src/core/model/ids.ts';
import { RUN_MARK } from '../../../src/core/process/process-table.ts';
import { systemProcessTable } from '../../../src/core/process/system-process-table.ts';
import { TestEngine } from '../test-engine.ts';
import { OpenAIStandIn, type CompletionScript } from './openai-stand-in.ts';

/** A Python that has it. */
export const GENUINE_AUTOGEN = process.env.CONFORMANCE_AUTOGEN ?? '';
/** For tests that need the genuine AutoGen; the stage says why it is not there. */
export const WITH_AUTOGEN = GENUINE_AUTOGEN === '' ? { skip: 'the genuine AutoGen is not here' } : {};

const RUNNER = fileURLToPath(new URL('../../../src/agent/main.ts', import.meta.url));

/** Nothing but loopback, and a key that is to be seen nowhere. */
export const KEY = { variable: 'STANDIN_KEY', value: 'sk-not-to-be-seen' } as const;
const ENVIRONMENT = { [KEY.variable]: KEY.value, HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' };

export function autogenSettings(baseUrl: string, capacity = 2): AgentSettings {
  return { ...DEFAULT_AGENT_SETTINGS, autogen: { python: GENUINE_AUTOGEN, model: 'standin', baseUrl, keyVariable: KEY.variable, capacity } };
}

/** An engine that carries out prompts with the genuine AutoGen, which asks a stand-in for its model. */
export class AutogenLab {
  readonly engine: TestEngine;
  readonly service: OpenAIStandIn;

  private constructor(engine: TestEngine, service: OpenAIStandIn) {
    this.engine = engine;
    this.service = service;
  }

  static async open(t: TestContext, script: CompletionScript, capacity?: number): Promise<AutogenLab> {
    const service = await OpenAIStandIn.open(t, script);
    withEnvironment(t);
    const engine = await TestEngine.open(t, { agentRunner: RUNNER, graceMs: 2000 });
    await engine.port.setAgentSettings(autogenSettings(service.url, capacity));
    return new AutogenLab(engine, service);
  }

  file(name: string): string {
    const file = path.join(this.engine.workspace, name);
    mkdirSync(path.dirname(file), { recursive: true });
    return file;
  }

  async prompt(more: object = {}): Promise<TaskId> {
    const [id] = await this.engine.submit({ prompt: 'Do it.', agent: 'autogen', name: 'Do it', ...more });
    return id!;
  }

  processes({ run }: TaskDetail): Promise<readonly number[]> {
    return systemProcessTable().marked(RUN_MARK, run!.folder);
  }
}

/** What the engine, and with it all that it starts, finds in its environment. */
function withEnvironment(t: TestContext): void {
  const before = Object.keys(ENVIRONMENT).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, ENVIRONMENT);
  t.after(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
}
