import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ClaudeDriver } from '../../../src/agent/claude/claude-driver.ts';
import { systemClock } from '../../../src/core/base/clock.ts';
import type { AgentEvidence } from '../../../src/core/model/agents/agent-evidence.ts';
import { DEFAULT_AGENT_SETTINGS, type AgentSettings } from '../../../src/core/model/agents/agent-settings.ts';
import { systemProcessTable } from '../../../src/core/process/system-process-table.ts';
import { tempFolder } from '../temp-folder.ts';
import type { ClaudeScenario, FakeStep } from './claude-scenario.ts';
import { RecordedTurn, type RecordedTurnOptions } from './recorded-turn.ts';

const FAKE = fileURLToPath(new URL('fake-claude.ts', import.meta.url));

/** What one start of the fake program was told. */
export interface Heard {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** All that came in by its input. */
  readonly messages: readonly Readonly<Record<string, unknown>>[];
}

/** A workspace, and a Claude Code that does what its test says. */
export class ClaudeLab {
  readonly workspace: string;
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
  private readonly scenario: string;

  constructor(t: { after(clean: () => void): void }, scenario: ClaudeScenario | readonly FakeStep[]) {
    const folder = tempFolder(t);
    this.workspace = path.join(folder, 'lab');
    mkdirSync(this.workspace);
    this.scenario = path.join(folder, 'scenario.json');
    this.program = path.join(folder, 'claude');
    const looks = `case "$1" in --version) echo '2.1.329 (Claude Code)'; exit ;; auth) echo '{"loggedIn":true,"authMethod":"api_key"}'; exit ;; esac`;
    writeFileSync(this.program, `#!/bin/sh\n${looks}\nexec "${process.execPath}" --disable-warning=ExperimentalWarning "${FAKE}" "${this.scenario}" "$@"\n`, { mode: 0o755 });
    this.env = { ...process.env, PARALLEL_WORKFLOW_RUN: folder };
    this.play(scenario);
  }

  /** What it does from the next start on. */
  play(scenario: ClaudeScenario | readonly FakeStep[]): void {
    writeFileSync(this.scenario, JSON.stringify('runs' in scenario ? scenario : { runs: [scenario] }));
  }

  file(name: string): string {
    return path.join(this.workspace, name);
  }

  read(name: string): string | undefined {
    return existsSync(this.file(name)) ? readFileSync(this.file(name), 'utf8') : undefined;
  }

  settings(claude: Partial<AgentSettings['claude']> = {}): AgentSettings {
    return { ...DEFAULT_AGENT_SETTINGS, claude: { ...DEFAULT_AGENT_SETTINGS.claude, program: this.program, ...claude } };
  }

  turn(options: Partial<RecordedTurnOptions> = {}): RecordedTurn {
    return new RecordedTurn({ workspace: this.workspace, agent: 'claude', settings: this.settings(), ...options });
  }

  run(turn: RecordedTurn): Promise<AgentEvidence> {
    return new ClaudeDriver({ clock: systemClock, table: systemProcessTable(process.platform), env: this.env }).run(turn);
  }

  /** What each start was told, the first one first. */
  heard(): readonly Heard[] {
    const lines = existsSync(`${this.scenario}.heard`) ? readFileSync(`${this.scenario}.heard`, 'utf8').split('\n').filter((line) => line !== '') : [];
    const starts: (Omit<Heard, 'messages'> & { messages: Readonly<Record<string, unknown>>[] })[] = [];
    for (const line of lines) {
      const value = JSON.parse(line) as Readonly<Record<string, unknown>>;
      if ('args' in value) starts.push({ ...(value as unknown as Heard), messages: [] });
      else starts.at(-1)?.messages.push(value);
    }
    return starts;
  }
}
