import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AGENT_NAMES, type AgentName } from '../../../src/core/model/agents/agent.ts';
import type { EngineHome } from '../engines/engine-home.ts';
import { sampleAgent, withCapacities } from './sample-agents.ts';

/** What the agents do with what they are given. */
export type AgentsFile = Partial<Record<AgentName, { readonly limitedUntil?: number; /** A pipe to wait at. */ readonly gate?: string }>>;

/** A line of what runners did: turned away, begun, done. */
export interface Deed {
  readonly what: 'away' | 'begin' | 'done';
  readonly key: string;
  readonly agent: AgentName;
  /** Runs whose work was gone on with. */
  readonly earlier: number;
}

export const SCRIPTED_RUNNER = fileURLToPath(new URL('scripted-runner.ts', import.meta.url));

/** Agents of a home whose moods are in the hands of a test. */
export class ScriptedAgents {
  private readonly home: EngineHome;
  private readonly file: string;
  private readonly journal: string;
  private moods: AgentsFile = {};

  constructor(home: EngineHome) {
    this.home = home;
    this.file = path.join(home.folder, 'agents.json');
    this.journal = path.join(home.folder, 'deeds');
    fs.writeFileSync(this.journal, '');
    this.set({});
  }

  /**
   * Engines take all three for proved, each for so many prompts at once; an engine must have been opened before. It is
   * written past the engines, which would look for them when they are told.
   */
  introduce(capacity: number): void {
    this.home.store.alter("INSERT OR REPLACE INTO settings VALUES ('agents', ?)", JSON.stringify(withCapacities({ claude: capacity, autogen: capacity, vscode: capacity })));
    for (const name of AGENT_NAMES) this.home.store.alter('INSERT OR REPLACE INTO agents (name, state) VALUES (?, ?)', name, JSON.stringify(sampleAgent(name, 'proved', { checkedAt: Date.now() })));
  }

  get now(): AgentsFile {
    return this.moods;
  }

  set(moods: AgentsFile): void {
    this.moods = moods;
    fs.writeFileSync(`${this.file}.new`, JSON.stringify(moods));
    fs.renameSync(`${this.file}.new`, this.file);
  }

  /** A prompt whose runner finds the agents' moods. It needs next to nothing, so that agents are what is waited for. */
  prompt(key: string, more: object = {}): object {
    return { id: key, name: key, prompt: `Do ${key}`, cpu: 0.01, memory: '1 MB', env: { AGENTS_FILE: this.file, AGENTS_JOURNAL: this.journal }, ...more };
  }

  deeds(): readonly Deed[] {
    return fs.readFileSync(this.journal, 'utf8').split('\n').slice(0, -1).map((line) => {
      const [what, key, agent, earlier] = line.split(' ');
      return { what: what as Deed['what'], key: key!, agent: agent as AgentName, earlier: Number(earlier) };
    });
  }
}
