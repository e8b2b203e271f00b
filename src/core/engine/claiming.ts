import type { AgentsNow } from '../agents/agents-now.ts';
import { holderOfTask, type EngineId, type HolderId } from '../model/ids.ts';
import { typeNamed, type Limits } from '../model/limits.ts';
import { ResourceLedger } from '../scheduler/resource-ledger.ts';
import { selectRunnable, type Selection } from '../scheduler/select-runnable.ts';
import type { Candidate, Capacity, Snapshot, StrategyInForce } from '../scheduler/snapshot.ts';
import { isInside } from '../spec/paths.ts';
import type { Claimant as StandingClaimant } from '../store/claim-table.ts';
import type { StoredRun } from '../store/run-table.ts';
import type { Store } from '../store/store.ts';
import type { StoredTask } from '../store/task-row.ts';
import { URGENT } from '../store/task-table.ts';
import { applyStrategy } from '../strategy/apply-strategy.ts';
import type { Estimates, Needs } from './needs/estimates.ts';
import type { Claimed } from './claimed.ts';
import { setAside } from './needs/first-guess.ts';
import { agentsForQueue, routeQueued, withPromptClasses } from './agents/prompt-routing.ts';
import type { TaskLedger } from './tasks/task-ledger.ts';

export interface Claimant {
  readonly engine: EngineId;
  readonly roots: readonly string[];
  readonly hasTerminals: boolean;
  /** The most runs it may have in hand; no limit of its own when undefined. */
  readonly jobs?: number | undefined;
  readonly boot: string;
  /** Folder for a run's files, not yet made. */
  readonly folderFor: (task: StoredTask) => string;
}

export interface Claims {
  readonly claimed: readonly Claimed[];
  /** Whether there may be more to claim: so much was looked at that others should have the store first. */
  readonly unfinished: boolean;
  /** Whether something waits for cores or memory: what running tasks use should then be known well. */
  readonly isShort: boolean;
}

const NOTHING: Claims = { claimed: [], unfinished: false, isShort: false };
const SHORT: Claims = { ...NOTHING, isShort: true };

/** Tasks looked at beyond the free slots of their type; when room holds all of them back, more are looked at. */
const SPARE = 8;
const WIDEST = 64;
/** Cores that are given out beyond those there are, but no more than a quarter: a task that hardly computes must not keep one that fills a core from it. */
const SPARE_CORES = 0.5;
const SPARE_SHARE = 0.25;
/** Tasks parked in one transaction. */
const MOST_PARKED = 256;

/** Takes what may start now, with all its locks, in the caller's transaction. What waits for a lock is parked until it is its turn. */
export function claimRunnable(store: Store, ledger: TaskLedger, estimates: Estimates, claimant: Claimant, configured: Limits, capacity: Capacity, now: number): Claims {
  const agents = agentsForQueue(store, now);
  const limits = limitsInForce(store, configured, agents);
  const paused = store.settings.pausedRoots();
  if (claimant.roots.length === 0) return NOTHING;
  const workspaces = store.workspacesUnder(claimant.roots).filter((workspace) => !paused.some((root) => isInside(workspace, root)));
  const active = store.runs.active();
  if (agents !== undefined) routeQueued(store, agents, workspaces, active);
  // Something always runs.
  const onlyUrgent = active.length > 0 && strategyInForce(store)?.strategy === 'conserve';
  const inHand = active.filter((run) => run.engine === claimant.engine).length;
  const free = Math.min(limits.total - active.length, (claimant.jobs ?? Number.POSITIVE_INFINITY) - inHand);
  if (free <= 0) return NOTHING;
  // Every task needs something of both: with nothing free there is no use in looking at any.
  if (new ResourceLedger(snapshotOf(store, active, limits, capacity, [], now)).isFull()) return SHORT;
  const scope = { workspaces, limits, active, free, interactive: claimant.hasTerminals, onlyUrgent };
  let parked = 0;
  for (let spare = SPARE; ; ) {
    const window = startableWindow(store, scope, spare);
    if (window.tasks.length === 0) return NOTHING;
    const needs = estimates.of(window.tasks, limits, capacity.memoryTotal, active);
    const candidates = candidatesOf(store, window.tasks, needs);
    const selection = selectRunnable(snapshotOf(store, active, { ...limits, total: active.length + free }, capacity, candidates, now));
    const claimed = take(store, ledger, claimant, { tasks: window.tasks, needs, candidates, selection }, now);
    const isShort = lacksRoom(selection);
    const refused = refuseMisfits(ledger, window.tasks, selection, now);
    const freed = park(store, candidates, selection);
    parked += selection.behind.size;
    // A window that was cut off may hide something that could start.
    if (claimed.length > 0 || parked >= MOST_PARKED) return { claimed, unfinished: (window.cut || freed || refused) && claimed.length < free, isShort };
    if (refused) return { claimed, unfinished: true, isShort };
    if (freed) continue;
    if (!window.cut || spare >= WIDEST) return isShort ? SHORT : NOTHING;
    if (selection.behind.size === 0) spare *= 8;
  }
}

function lacksRoom({ waits }: Selection): boolean {
  for (const reason of waits.values()) if (reason.type === 'resources' && reason.fits) return true;
  return false;
}

/** Who needs more than the machine has would wait for ever. True when there were any. */
function refuseMisfits(ledger: TaskLedger, tasks: readonly StoredTask[], selection: Selection, now: number): boolean {
  let refused = false;
  for (const task of tasks) {
    const wait = selection.waits.get(task.id);
    if (wait?.type !== 'resources' || wait.fits) continue;
    ledger.applyTo(task, { type: 'neverFits', resource: wait.resource, needs: wait.needs, has: wait.free, at: now }, now);
    refused = true;
  }
  return refused;
}

/** True when tasks became startable again, since the one they were behind stands in line no longer. */
function park(store: Store, candidates: readonly Candidate[], selection: Selection): boolean {
  let freed = false;
  const left = new Set<HolderId>();
  const waiting = new Map(candidates.filter(({ id }) => selection.waits.has(id)).map((candidate) => [holderOfTask(candidate.id), candidate]));
  for (const candidate of candidates) {
    const behind = selection.behind.get(candidate.id);
    if (behind === undefined) continue;
    if (left.has(behind)) {
      freed = true;
      continue;
    }
    store.tasks.park(candidate.id, behind);
    // Who waits for a person may wait long: others need not stand behind him.
    if (selection.waits.get(candidate.id)?.type === 'editor') {
      const holder = holderOfTask(candidate.id);
      left.add(holder);
      store.claims.leaveLine(holder);
      freed = store.tasks.unparkBehind(holder) || freed;
      continue;
    }
    store.claims.standInLine(claimantOf(candidate));
    // One that waits for something else stands in front all the same: nobody may get the file before it.
    const front = waiting.get(behind);
    if (front !== undefined) store.claims.standInLine(claimantOf(front));
  }
  return freed;
}

function claimantOf({ id, position, claims }: Candidate): StandingClaimant {
  return { holder: holderOfTask(id), position, claims };
}

/** What tasks come into question at all. */
interface Scope {
  readonly workspaces: readonly string[];
  readonly limits: Limits;
  readonly active: readonly StoredRun[];
  /** Places in all. */
  readonly free: number;
  /** Also those that need a terminal. */
  readonly interactive: boolean;
  readonly onlyUrgent: boolean;
}

/** The first tasks of each type: as many as have a place, and so many more. */
function startableWindow(store: Store, { workspaces, limits, active, free, interactive, onlyUrgent }: Scope, spare: number): { readonly tasks: readonly StoredTask[]; readonly cut: boolean } {
  const tasks: StoredTask[] = [];
  let cut = false;
  const runningByType = new Map<string, number>();
  for (const run of active) {
    const type = run.type;
    runningByType.set(type, (runningByType.get(type) ?? 0) + 1);
  }
  for (const workspace of workspaces) {
    for (const type of store.tasks.startableTypes(workspace)) {
      const slots = Math.min(free, typeNamed(limits, type).limit - (runningByType.get(type) ?? 0));
      if (slots <= 0) continue;
      const found = store.tasks.startable(workspace, type, slots + spare, interactive, onlyUrgent);
      cut ||= found.length === slots + spare;
      tasks.push(...found);
    }
  }
  return { tasks, cut };
}

/** All that a decision about these candidates depends on. */
export function snapshotOf(store: Store, active: readonly StoredRun[], limits: Limits, capacity: Capacity, waiting: readonly Candidate[], now: number): Snapshot {
  const inForce = strategyInForce(store);
  return {
    limits,
    capacity: { ...capacity, cores: capacity.cores + Math.min(SPARE_CORES, capacity.cores * SPARE_SHARE) },
    waiting,
    running: active.map((run) => ({ id: run.task, type: run.type, position: run.position, ...setAside(run, typeNamed(limits, run.type), now), memorySeen: run.memory ?? 0 })),
    locks: store.inTheWay(waiting.map(claimantOf)),
    ...(inForce !== undefined && { strategy: inForce }),
  };
}

/** What the machine's state holds back; nothing in `normal`, or while strategies only say what they would do. */
function strategyInForce(store: Store): StrategyInForce | undefined {
  const { strategy, reasons, isShadow } = store.settings.strategy();
  if (strategy === 'normal' || isShadow) return undefined;
  return { strategy, reasons, urgent: strategy === 'critical' ? Number.NEGATIVE_INFINITY : URGENT };
}

/** The limits as the strategy leaves them, with the classes of prompts where these wait. How many prompts an agent carries out at once is not the machine's matter. */
export function limitsInForce(store: Store, limits: Limits, agents: AgentsNow | undefined): Limits {
  const { strategy, growth, isShadow } = store.settings.strategy();
  return withPromptClasses(isShadow ? limits : applyStrategy(limits, strategy, growth), agents);
}

/** Tasks in queue order, with what they need. */
export function candidatesOf(store: Store, tasks: readonly StoredTask[], needs: readonly Needs[]): Candidate[] {
  return tasks
    .map(({ id, spec, position, overEditors }, index) => {
      const { cpu, memory } = needs[index]!;
      return { id, name: spec.name, type: spec.type, priority: spec.priority, position, cpu: cpu.value, memory: memory.value, claims: store.claims.of(id), overEditors };
    })
    .sort((a, b) => a.position - b.position || a.id - b.id);
}

/** Tasks that were looked at, what each of them needs, and what is to become of them. */
interface Decided {
  readonly tasks: readonly StoredTask[];
  /** In the same order. */
  readonly needs: readonly Needs[];
  readonly candidates: readonly Candidate[];
  readonly selection: Selection;
}

/** Claims what was selected, each task with its run and its locks. */
function take(store: Store, ledger: TaskLedger, claimant: Claimant, { tasks, needs, candidates, selection }: Decided, now: number): readonly Claimed[] {
  const byId = new Map(tasks.map((task, index) => [task.id, { task, needs: needs[index]! }]));
  const candidateById = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  return selection.start.map((id) => {
    const { task, needs: { cpu, memory, script } } = byId.get(id)!;
    const candidate = candidateById.get(id)!;
    const attempt = task.attempts + 1;
    const run = store.runs.insert(
      {
        task: id, type: task.spec.type, attempt, engine: claimant.engine, folder: claimant.folderFor(task), boot: claimant.boot, position: candidate.position, script,
        reservedCpu: cpu.value, reservedMemory: memory.value, cpuFrom: cpu.source, memoryFrom: memory.source,
        readyAt: task.state.status === 'queued' ? task.state.readyAt : now,
      },
      now,
    );
    store.claims.take(holderOfTask(id), candidate.claims, now);
    store.tasks.setAttempts(id, attempt, task.tries + 1);
    ledger.applyTo(task, { type: 'claimed', run, at: now }, now);
    return { task: store.tasks.get(id)!, run: store.runs.get(run)! };
  });
}
