import { err, ok, type Result } from '../../base/result.ts';
import { keyedClaim, type KeyedClaim } from '../../locks/keyed-claim.ts';
import { pathKey } from '../../locks/path-key.ts';
import type { Claim } from '../../model/files/claim.ts';
import { taskId, type TaskId } from '../../model/ids.ts';
import { scriptOf } from '../../model/script-of.ts';
import type { TaskSpec } from '../../model/spec.ts';
import { linkAsWritten, parseBatch } from '../../spec/parse-batch.ts';
import type { Problem } from '../../spec/problem.ts';
import type { SpecContext } from '../../spec/spec-context.ts';
import type { Store } from '../../store/store.ts';
import { settleRole } from '../roles/role-queues.ts';
import type { Submitted, SubmitRequest } from '../engine-port.ts';
import { skippedAfter, type TaskLedger } from '../tasks/task-ledger.ts';

/** A batch that was checked, and can be written as it is. */
export interface PreparedBatch {
  readonly workspace: string;
  readonly name: string;
  readonly specs: readonly TaskSpec[];
  readonly keyOf: (claim: Claim) => KeyedClaim;
  /** Which of them, by their place in `specs`, wait for somebody to release them. */
  readonly held: ReadonlySet<number>;
}

/** Checks a request, then writes all of it in one transaction, or nothing. */
export function submit(request: SubmitRequest, context: SpecContext, store: Store, ledger: TaskLedger, now: number): Result<Submitted, readonly Problem[]> {
  const prepared = prepare(request, context, store);
  return prepared.ok ? store.write(() => enqueue(prepared.value, store, ledger, now)) : prepared;
}

/** Checks a request. Paths are resolved here, before the transaction, which should hold the store only for as long as it writes. */
export function prepare({ workspace, name, defaults, tasks, others, holdScripts = [] }: SubmitRequest, context: SpecContext, store: Store): Result<PreparedBatch, readonly Problem[]> {
  const parsed = parseBatch({ ...others, tasks, ...(defaults !== undefined && { defaults }) }, context, name);
  if (!parsed.ok) return err([...parsed.error, ...unknownUpstream(tasks.map((task) => linkAsWritten(task, defaults)), store)]);
  const specs = withScriptClaims(parsed.value.tasks, store);
  const keyOf = keyedOnce();
  for (const claim of specs.flatMap((spec) => spec.files)) keyOf(claim);
  return ok({ workspace, name, specs, keyOf, held: tasksOf(specs, holdScripts) });
}

/** Part of a writing transaction: queues all of a batch, or nothing. */
export function enqueue({ workspace, name, specs: prepared, keyOf, held }: PreparedBatch, store: Store, ledger: TaskLedger, now: number): Result<Submitted, readonly Problem[]> {
  const problems = [...unknownUpstream(prepared, store), ...wrongFollowed(prepared, store)];
  if (problems.length > 0) return err(problems);
  const specs = prepared.map((spec) => afterFollowed(spec, store));
  const batch = store.batches.insert(workspace, name, now);
  for (const role of new Set(specs.flatMap((spec) => spec.role ?? []))) settleRole(store, workspace, role);
  const idByKey = new Map<string, TaskId>();
  const ids = specs.map((spec) => {
    const id = store.tasks.insert({ spec, workspace, batch, unmet: spec.after.length > 0 ? 1 : 0 }, now);
    if (spec.key !== undefined) idByKey.set(spec.key, id);
    store.claims.declare(id, spec.files.map(keyOf));
    return id;
  });
  specs.forEach((spec, index) => linkUpstream(spec, ids[index]!, idByKey, store, ledger, now));
  for (const index of held) ledger.apply(ids[index]!, { type: 'held' }, now);
  return ok({ batch, tasks: ids });
}

/** Places of the tasks that run one of these scripts. */
function tasksOf(specs: readonly TaskSpec[], scripts: readonly string[]): ReadonlySet<number> {
  if (scripts.length === 0) return new Set();
  const keys = new Set(scripts.map((script) => pathKey(script)));
  return new Set(specs.flatMap(({ work }, index) => {
    const script = scriptOf(work);
    return script !== undefined && keys.has(pathKey(script)) ? [index] : [];
  }));
}

/** Adds what a person had tasks of these scripts claim from now on. */
function withScriptClaims(specs: readonly TaskSpec[], store: Store): readonly TaskSpec[] {
  const remembered = new Map<string, readonly Claim[]>();
  return specs.map((spec) => {
    const script = scriptOf(spec.work);
    if (script === undefined) return spec;
    const claims = remembered.get(script) ?? store.scriptClaims.of(pathKey(script)).map(toClaim);
    remembered.set(script, claims);
    const more = claims.filter((claim) => !spec.files.some((other) => other.path === claim.path && other.glob === claim.glob && other.mode === claim.mode));
    return more.length === 0 ? spec : { ...spec, files: [...spec.files, ...more] };
  });
}

function toClaim({ path, mode, glob }: KeyedClaim): Claim {
  return { path, mode, ...(glob !== '' && { glob }) };
}

/** Many tasks claim the same file: each path is looked up once. */
function keyedOnce(): (claim: Claim) => KeyedClaim {
  const known = new Map<string, KeyedClaim>();
  return (claim) => {
    const id = `${claim.mode}\0${claim.path}\0${claim.glob ?? ''}`;
    const keyed = known.get(id) ?? keyedClaim(claim);
    known.set(id, keyed);
    return keyed;
  };
}

function linkUpstream(spec: TaskSpec, id: TaskId, idByKey: ReadonlyMap<string, TaskId>, store: Store, ledger: TaskLedger, now: number): void {
  if (spec.after.length === 0) return;
  for (const key of spec.after) store.dependencies.insert(id, idByKey.get(key) ?? earlierTask(key));
  ledger.recountUpstream(id);
  for (const upstream of store.dependencies.upstreamOf(id)) {
    const before = store.tasks.get(upstream);
    if (before?.state.status !== 'finished' || before.state.outcome.type === 'succeeded') continue;
    ledger.apply(id, { type: 'skipped', outcome: skippedAfter(before, before.state.outcome), at: now }, now);
  }
}

function unknownUpstream(specs: readonly Pick<TaskSpec, 'after'>[], store: Store): Problem[] {
  return specs.flatMap((spec, index) =>
    spec.after
      .filter((key) => /^#\d+$/.test(key) && store.tasks.nameOf(earlierTask(key)) === undefined)
      .map((key) => ({ where: `tasks[${index}].after`, message: `there is no task ${key} in the store; \`parallel-workflow list\` shows those there are` })),
  );
}

function wrongFollowed(specs: readonly TaskSpec[], store: Store): Problem[] {
  return specs.flatMap(({ work }, index): Problem[] => {
    if (work.kind !== 'prompt' || work.follows === undefined) return [];
    const followed = store.tasks.get(taskId(work.follows));
    if (followed?.spec.work.kind === 'prompt') return [];
    const message = followed === undefined ? `there is no task #${work.follows} in the store; \`parallel-workflow list\` shows those there are` : `#${work.follows} ${followed.spec.name} is no prompt, so there is no conversation to go on with`;
    return [{ where: `tasks[${index}].follows`, message }];
  });
}

/** A conversation that is not over yet is waited for. */
function afterFollowed(spec: TaskSpec, store: Store): TaskSpec {
  const { work, after } = spec;
  if (work.kind !== 'prompt' || work.follows === undefined || store.tasks.get(taskId(work.follows))?.state.status === 'finished') return spec;
  const key = `#${work.follows}`;
  return after.includes(key) ? spec : { ...spec, after: [...after, key] };
}

function earlierTask(key: string): TaskId {
  return taskId(Number(key.slice(1)));
}
