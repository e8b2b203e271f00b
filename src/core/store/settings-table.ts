import { DEFAULT_AGENT_SETTINGS, type AgentSettings } from '../model/agents/agent-settings.ts';
import type { ExecutionMode, FileMode } from '../model/agents/execution-mode.ts';
import { type ProjectAgents, settledProjectAgents, withProjectAgents } from '../model/agents/project-agents.ts';
import { engineId, type EngineId } from '../model/ids.ts';
import type { Limits } from '../model/limits.ts';
import type { MachineSettings } from '../model/machine/machine-settings.ts';
import type { Measure, Strategy, StrategyReason } from '../model/machine/strategy.ts';
import type { UserSettings } from '../model/user-settings.ts';
import type { Database } from './database.ts';

const LIMITS = 'limits';
const AGENTS = 'agents';
const MODE = 'agents.mode';
const MODE_BY = 'agents.mode.by';
const FILE_MODES = 'agents.fileModes';
const LAST_MODE = 'agents.lastMode';
const STRATEGY = 'strategy';
const MACHINE = 'machine';
const SAMPLER = 'machine.sampler';
const WATCHED = 'machine.watched';
const GIVE_WAY = 'roles.giveWay';
const USER = 'user';

/** What each engine is told for the whole machine. */
export type ToldSetting = 'limits' | 'machine';

/** The strategy that all engines of the machine go by. */
export interface StoredStrategy {
  readonly strategy: Strategy;
  readonly since: number;
  readonly reasons: readonly StrategyReason[];
  readonly pinned: Strategy | undefined;
  readonly growth: number;
  /** What each measure asks for, so that another engine can go on watching. */
  readonly asks: Readonly<Record<Measure, Strategy>>;
  /** It only says what it would do. */
  readonly isShadow: boolean;
}

const CALM: StoredStrategy = { strategy: 'normal', since: 0, reasons: [], pinned: undefined, growth: 1, asks: { cpu: 'normal', memory: 'normal', disk: 'normal', pressure: 'normal' }, isShadow: false };

/** Rows of `settings`: what holds for all engines of the machine. */
export class SettingsTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** Roots whose queues are paused, with everything below them. */
  pausedRoots(): string[] {
    return this.db.all(`SELECT substr(key, 8) AS root FROM settings WHERE key >= 'paused:' AND key < 'paused;'`).map((row) => String(row.root));
  }

  setPaused(workspace: string, paused: boolean): void {
    if (paused) this.set(`paused:${workspace}`, '1');
    else this.db.run('DELETE FROM settings WHERE key = ?', `paused:${workspace}`);
  }

  limits(): Limits | undefined {
    const text = this.get(LIMITS);
    return text === undefined ? undefined : (JSON.parse(text) as Limits);
  }

  setLimits(limits: Limits): void {
    this.set(LIMITS, JSON.stringify(limits));
  }

  /** What the engines have been told, as JSON, by their age. */
  told(what: ToldSetting): string[] {
    return this.db.all('SELECT value FROM settings WHERE key >= ? AND key < ? ORDER BY key', `${what}:`, `${what};`).map((row) => String(row.value));
  }

  setTold(what: ToldSetting | 'agents', engine: EngineId, value: Limits | MachineSettings | ProjectAgents): void {
    this.set(`${what}:${engine}`, JSON.stringify(value));
  }

  forgetTold(engine: EngineId): void {
    this.db.run('DELETE FROM settings WHERE key IN (?, ?, ?)', `limits:${engine}`, `machine:${engine}`, `agents:${engine}`);
  }

  /** What the person has set in VS Code, as a window told it last. */
  user(): UserSettings {
    const text = this.get(USER);
    return text === undefined ? {} : (JSON.parse(text) as UserSettings);
  }

  setUser(settings: UserSettings): void {
    this.set(USER, JSON.stringify(settings));
  }

  /** As a window told them last; while none is there, with what engines were told of their projects on top. */
  agents(): AgentSettings | undefined {
    const said = this.db.all(`SELECT value FROM settings WHERE key >= 'agents:' AND key < 'agents;' AND NOT EXISTS (SELECT 1 FROM engines WHERE kind = 'window') ORDER BY CAST(substr(key, 8) AS INTEGER)`);
    if (said.length === 0) return this.agentsOfWindows();
    return withProjectAgents(this.agentsOfWindows() ?? DEFAULT_AGENT_SETTINGS, settledProjectAgents(said.map(({ value }) => JSON.parse(String(value)) as ProjectAgents)));
  }

  private agentsOfWindows(): AgentSettings | undefined {
    const text = this.get(AGENTS);
    // What is not set at all is not in the text.
    return text === undefined ? undefined : { maxTurns: undefined, maxCost: undefined, maxCostPerDay: undefined, ...(JSON.parse(text) as Omit<AgentSettings, 'maxTurns' | 'maxCost' | 'maxCostPerDay'>) };
  }

  setAgents(settings: AgentSettings): void {
    this.set(AGENTS, JSON.stringify(settings));
  }

  /** The execution mode that a person or a file holds in force. */
  pinnedMode(): ExecutionMode | undefined {
    return this.get(MODE) as ExecutionMode | undefined;
  }

  /** The file that pinned it; `undefined` when that was a person. */
  pinnedBy(): string | undefined {
    return this.get(MODE_BY);
  }

  setPinnedMode(mode: ExecutionMode | undefined, by: string | undefined): void {
    this.setOrForget(MODE, mode);
    this.setOrForget(MODE_BY, mode === undefined ? undefined : by);
  }

  /** What each file of a project says of the mode, as it was heard last; whoever pinned it since. */
  fileModes(): readonly FileMode[] {
    const text = this.get(FILE_MODES);
    return text === undefined ? [] : (JSON.parse(text) as readonly FileMode[]);
  }

  setFileModes(modes: readonly FileMode[]): void {
    this.setOrForget(FILE_MODES, modes.length === 0 ? undefined : JSON.stringify(modes));
  }

  /** The execution mode that was told last. */
  lastMode(): ExecutionMode | undefined {
    return this.get(LAST_MODE) as ExecutionMode | undefined;
  }

  setLastMode(mode: ExecutionMode): void {
    this.set(LAST_MODE, mode);
  }

  machine(): MachineSettings | undefined {
    const text = this.get(MACHINE);
    return text === undefined ? undefined : readMachine(text);
  }

  setMachine(settings: MachineSettings): void {
    this.set(MACHINE, JSON.stringify(settings));
  }

  /** The engine that watches the machine; it may be gone. */
  sampler(): EngineId | undefined {
    const text = this.get(SAMPLER);
    return text === undefined ? undefined : engineId(Number(text));
  }

  setSampler(engine: EngineId): void {
    this.set(SAMPLER, String(engine));
  }

  /** When somebody last looked at the machine's history. */
  watchedAt(): number {
    return Number(this.get(WATCHED) ?? Number.NEGATIVE_INFINITY);
  }

  setWatchedAt(now: number): void {
    this.set(WATCHED, String(now));
  }

  /** Roles of this priority or a less urgent one give way to others; none when undefined. */
  giveWayFrom(): number | undefined {
    const text = this.get(GIVE_WAY);
    return text === undefined ? undefined : Number(text);
  }

  setGiveWayFrom(priority: number | undefined): void {
    if (priority === undefined) this.db.run('DELETE FROM settings WHERE key = ?', GIVE_WAY);
    else this.set(GIVE_WAY, String(priority));
  }

  strategy(): StoredStrategy {
    const text = this.get(STRATEGY);
    return text === undefined ? CALM : (JSON.parse(text) as StoredStrategy);
  }

  setStrategy(strategy: StoredStrategy): void {
    this.set(STRATEGY, JSON.stringify(strategy));
  }

  private setOrForget(key: string, value: string | undefined): void {
    if (value === undefined) this.db.run('DELETE FROM settings WHERE key = ?', key);
    else this.set(key, value);
  }

  private get(key: string): string | undefined {
    return this.db.get('SELECT value FROM settings WHERE key = ?', key)?.value as string | undefined;
  }

  private set(key: string, value: string): void {
    this.db.run('INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', key, value);
  }
}

export function readMachine(text: string): MachineSettings {
  // What is not set at all is not in the text.
  return { yieldFrom: undefined, ...(JSON.parse(text) as Omit<MachineSettings, 'yieldFrom'>) };
}
