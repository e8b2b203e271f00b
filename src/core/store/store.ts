import type { LedgerEntry } from '../locks/lock-ledger.ts';
import type { Holder } from '../model/files/holder.ts';
import { holdOfHolder, taskOfHolder, type HolderId } from '../model/ids.ts';
import type { TimeSpan } from '../model/machine/machine-point.ts';
import type { RunBar } from '../model/run-bar.ts';
import { isInside } from '../spec/paths.ts';
import { AgentTable } from './agent-table.ts';
import { BatchTable } from './batch-table.ts';
import { ClaimTable, type Claimant, type StandingClaim } from './claim-table.ts';
import { CountTable } from './count-table.ts';
import type { Database } from './database.ts';
import { DecisionTable } from './decision-table.ts';
import { DependencyTable } from './dependency-table.ts';
import { EngineTable } from './engine-table.ts';
import { HoldTable } from './hold-table.ts';
import { MachineTable } from './machine-table.ts';
import { runBars } from './run-bars.ts';
import { PromptTable } from './prompt-table.ts';
import { RoleTable } from './role-table.ts';
import { RunTable } from './run-table.ts';
import { ScheduleRunTable } from './schedule-run-table.ts';
import { ScheduleTable } from './schedule-table.ts';
import { ScriptClaimTable } from './script-claim-table.ts';
import { ScriptRunTable } from './script-run-table.ts';
import { SettingsTable } from './settings-table.ts';
import { TaskTable } from './task-table.ts';
import { WindowModelTable } from './window-model-table.ts';

/** The tables, and the revision that each writing transaction raises by one. */
export class Store {
  readonly tasks: TaskTable;
  readonly runs: RunTable;
  readonly engines: EngineTable;
  readonly claims: ClaimTable;
  readonly scriptClaims: ScriptClaimTable;
  readonly scriptRuns: ScriptRunTable;
  readonly holds: HoldTable;
  readonly dependencies: DependencyTable;
  readonly decisions: DecisionTable;
  readonly settings: SettingsTable;
  readonly counts: CountTable;
  readonly batches: BatchTable;
  readonly schedules: ScheduleTable;
  readonly scheduleRuns: ScheduleRunTable;
  readonly machine: MachineTable;
  readonly agents: AgentTable;
  readonly windowModels: WindowModelTable;
  readonly prompts: PromptTable;
  readonly roles: RoleTable;
  private readonly db: Database;
  private raised: number | undefined;

  constructor(db: Database) {
    this.db = db;
    this.tasks = new TaskTable(db, () => this.raise());
    this.runs = new RunTable(db);
    this.engines = new EngineTable(db);
    this.claims = new ClaimTable(db);
    this.scriptClaims = new ScriptClaimTable(db);
    this.scriptRuns = new ScriptRunTable(db);
    this.holds = new HoldTable(db);
    this.dependencies = new DependencyTable(db);
    this.decisions = new DecisionTable(db);
    this.settings = new SettingsTable(db);
    this.counts = new CountTable(db);
    this.batches = new BatchTable(db);
    this.schedules = new ScheduleTable(db);
    this.scheduleRuns = new ScheduleRunTable(db);
    this.machine = new MachineTable(db);
    this.agents = new AgentTable(db);
    this.windowModels = new WindowModelTable(db);
    this.prompts = new PromptTable(db);
    this.roles = new RoleTable(db);
  }

  /** One immediate transaction, or a part of the one that is under way. */
  write<T>(act: () => T): T {
    if (!this.db.isInTransaction) this.raised = undefined;
    return this.db.transaction(act);
  }

  revision(): number {
    return Number(this.db.get('SELECT n FROM revision')!.n);
  }

  /** Transactions that took tasks away, which no task's own revision can tell. */
  removals(): number {
    return Number(this.db.get('SELECT removals FROM revision')!.removals);
  }

  /** Part of a writing transaction: tells the engines that something other than a task changed. */
  markChanged(): void {
    this.raise();
  }

  /** Part of a writing transaction: tells the engines that tasks went away. */
  markRemoved(): void {
    this.raise();
    this.db.run('UPDATE revision SET removals = removals + 1');
  }

  /** Part of a writing transaction: everybody in line for a file is looked at anew. For when those in front may never move on. */
  dissolveLines(): void {
    this.tasks.unparkAll();
    this.claims.clearLines();
  }

  /** What may stand in the way of these claimants, with the names of those it belongs to. */
  inTheWay(claimants: readonly Claimant[]): LedgerEntry[] {
    return this.named(this.claims.inTheWay(claimants));
  }

  named(claims: readonly StandingClaim[]): LedgerEntry[] {
    const names = new Map<HolderId, Holder>();
    return claims.flatMap(({ position, ...claim }) => {
      const who = names.get(claim.holder) ?? this.whoIs(claim.holder);
      if (who === undefined) return [];
      names.set(claim.holder, who);
      return [{ ...claim, who, ...(position !== undefined && { position }) }];
    });
  }

  whoIs(holder: HolderId): Holder | undefined {
    const task = taskOfHolder(holder);
    if (task !== undefined) return { type: 'task', id: task, name: this.tasks.nameOf(task) ?? `#${task}` };
    const hold = this.holds.get(holdOfHolder(holder)!);
    if (hold === undefined) return undefined;
    return hold.kind === 'editor' ? { type: 'editor', id: hold.id } : { type: 'program', id: hold.id, name: hold.name, pid: hold.pid };
  }

  /** The latest runs of these workspaces that touch the span, by their start. */
  runsBetween(span: TimeSpan, workspaces: readonly string[], limit: number): RunBar[] {
    return runBars(this.db, span, workspaces, limit);
  }

  dataVersion(): number {
    return this.db.dataVersion();
  }

  /** Workspaces that are one of the roots or lie below one; all of them when there are no roots. */
  workspacesUnder(roots: readonly string[]): string[] {
    const all = this.counts.workspaces();
    return roots.length === 0 ? all : all.filter((workspace) => roots.some((root) => isInside(workspace, root)));
  }

  close(): void {
    this.db.close();
  }

  /** Every writer of tasks comes through here, so that one transaction has one revision. */
  private raise(): number {
    if (!this.db.isInTransaction) throw new Error('Tasks are written outside of a transaction');
    this.raised ??= Number(this.db.get('UPDATE revision SET n = n + 1 RETURNING n')!.n);
    return this.raised;
  }
}
