import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'node:test';
import { DEFAULT_AGENT_SETTINGS, type AgentSettings } from '../../../src/core/model/agents/agent-settings.ts';
import { tempFolder } from '../temp-folder.ts';
import { AnthropicStandIn, type Script } from './anthropic-stand-in.ts';

export const RUNNER = fileURLToPath(new URL('../../../src/agent/main.ts', import.meta.url));
export const GENUINE_CLAUDE = process.env.CONFORMANCE_CLAUDE ?? '';
/** For tests that need the genuine program; the stage says why it is not there. */
export const WITH_CLAUDE = GENUINE_CLAUDE === '' ? { skip: 'the genuine Claude Code is not here' } : {};

/** A workspace, a home without an account, and a stand-in for the service. */
export class GenuineClaude {
  readonly workspace: string;
  readonly home: string;
  readonly service: AnthropicStandIn;

  private constructor(folder: string, service: AnthropicStandIn) {
    this.workspace = path.join(folder, 'lab');
    this.home = path.join(folder, 'home');
    this.service = service;
    mkdirSync(this.workspace);
    mkdirSync(this.home);
  }

  static async open(t: TestContext, script: Script): Promise<GenuineClaude> {
    return new GenuineClaude(tempFolder(t), await AnthropicStandIn.open(t, script));
  }

  file(name: string): string {
    return path.join(this.workspace, name);
  }

  /** Nothing but loopback: whatever else it would contact goes to a proxy that is not there. */
  env(account: Readonly<Record<string, string>> = { ANTHROPIC_API_KEY: 'dummy' }): Record<string, string> {
    return {
      PATH: process.env.PATH ?? '', HOME: this.home, ANTHROPIC_BASE_URL: this.service.url, ...account,
      HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', DISABLE_TELEMETRY: '1', DISABLE_ERROR_REPORTING: '1',
    };
  }

  settings(claude: Partial<AgentSettings['claude']> = {}): AgentSettings {
    return { ...DEFAULT_AGENT_SETTINGS, claude: { ...DEFAULT_AGENT_SETTINGS.claude, program: GENUINE_CLAUDE, ...claude } };
  }
}
