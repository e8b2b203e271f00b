import { messageOf, UserError } from '../core/base/user-error.ts';
import { DEFAULT_OPTIONS } from '../core/engine/engine-options.ts';
import type { EnginePort } from '../core/engine/engine-port.ts';
import { engineOptions } from '../core/settings/engine-settings.ts';
import { isStoreError } from '../core/store/store-error.ts';
import { besideProgram } from './beside-program.ts';
import { BrokenOff } from './broken-off.ts';
import type { CommandContext } from './command-context.ts';
import { onePerSource } from './config/config-complaint.ts';
import { ProjectConfig } from './config/project-config.ts';
import { putInForce } from './config/put-in-force.ts';
import { givenWorkspace, workspaceOf } from './workspace.ts';

/** How long ends are waited for that an engine of ours, or of somebody else, has yet to write down; and how often they are looked at. */
const SEEING_MS = 5000;
const OTHERS_MS = 500;
const STEP_MS = 20;

/** An engine for as long as some work with it takes. */
async function withEngine<T>(opening: Promise<EnginePort>, use: (engine: EnginePort) => Promise<T>): Promise<T> {
  const engine = await opening;
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}

/** An engine that looks and takes orders and never starts a task. What others left has been written down. */
export function withObserver<T>(context: CommandContext, use: (engine: EnginePort) => Promise<T>, roots: readonly string[] = []): Promise<T> {
  return withLooker(context, async (engine) => {
    await settleLeftovers(engine, context);
    return use(engine);
  }, roots);
}

/** Of what is told as running, has the ends written down that nobody saw; what cannot be written is told as it stands. */
export async function settleLeftovers(engine: EnginePort, context: CommandContext): Promise<void> {
  const { ended, isForsaken } = await engine.leftovers();
  if (!isForsaken) return ended.length === 0 ? undefined : untilSettled(engine, OTHERS_MS, context);
  try {
    await withCaretaker(context, (caretaker) => untilSettled(caretaker, SEEING_MS, context));
  } catch (error) {
    if (!(error instanceof UserError) && !isStoreError(error)) throw error;
    context.output.writeError(`What ended unseen cannot be written down, so this may be out of date: ${messageOf(error)}\n`);
  }
}

async function untilSettled(engine: EnginePort, patienceMs: number, { clock }: CommandContext): Promise<void> {
  for (const start = clock.now(); clock.now() - start < patienceMs && (await engine.leftovers()).ended.length > 0; ) {
    await new Promise<void>((resolve) => clock.after(STEP_MS, resolve));
  }
}

function withLooker<T>(context: CommandContext, use: (engine: EnginePort) => Promise<T>, roots: readonly string[] = []): Promise<T> {
  return withEngine(context.openEngine({ ...DEFAULT_OPTIONS, home: context.home, kind: 'cli', roots, runsTasks: false }), use);
}

/** An engine that starts what waits in some workspaces, and goes by their configuration. */
export async function withActor<T>(context: CommandContext, roots: readonly string[], use: (engine: EnginePort, config: ProjectConfig) => Promise<T>, jobs?: number): Promise<T> {
  const config = new ProjectConfig(roots, await withLooker(context, (engine) => engine.userSettings()));
  await readConfig(config, roots, context);
  const options = { ...actorOptions(context, roots), ...engineOptions(config.settings), ...(jobs !== undefined && { jobs }) } as const;
  return withEngine(context.openEngine(options), async (engine) => {
    await putInForce(engine, roots, config);
    const lost = new Promise<never>((_, reject) => void engine.onDidLoseHome((loss) => reject(new BrokenOff(loss))));
    return Promise.race([use(engine, config), lost]);
  });
}

/** An engine that looks after runs whose own engine is gone, and starts nothing. */
export function withCaretaker<T>(context: CommandContext, use: (engine: EnginePort) => Promise<T>): Promise<T> {
  return withEngine(context.openEngine(actorOptions(context, [])), use);
}

/** An engine that asks for files, and looks after nothing: for what has to be quick. */
export function withHolder<T>(context: CommandContext, use: (engine: EnginePort) => Promise<T>): Promise<T> {
  return withEngine(context.openEngine({ ...DEFAULT_OPTIONS, home: context.home, kind: 'agent', roots: [], runsTasks: false }), use);
}

/** Has an engine that is open already know the types and roles of a workspace. */
export async function configure(engine: EnginePort, workspace: string, context: CommandContext): Promise<ProjectConfig> {
  const config = new ProjectConfig([workspace], await engine.userSettings());
  await readConfig(config, [workspace], context);
  await putInForce(engine, [workspace], config);
  return config;
}

/** The workspace a command is about: the one named, else the one that its folder belongs to. */
export async function workspaceFor(context: CommandContext, engine: EnginePort, folder = context.cwd): Promise<string> {
  if (context.workspace !== undefined) return givenWorkspace(context.workspace);
  return workspaceOf(folder, await liveRoots(engine));
}

/** Roots of the engines that live now, without our own. */
export async function liveRoots(engine: EnginePort): Promise<readonly string[]> {
  const { engines } = await engine.status([]);
  return engines.filter(({ self }) => !self).flatMap(({ roots }) => roots);
}

function actorOptions(context: CommandContext, roots: readonly string[]) {
  return { ...DEFAULT_OPTIONS, home: context.home, kind: 'cli', roots, hasTerminals: context.hasKeyboard, agentRunner: besideProgram(context.programFile, 'agent'), assessor: context.programFile, hostedRunner: besideProgram(context.programFile, 'hosted') } as const;
}

/** What a command goes by, and what is wrong with it. */
async function readConfig(config: ProjectConfig, roots: readonly string[], { output, cwd }: CommandContext): Promise<void> {
  await config.read();
  for (const line of onePerSource(config.complaints, roots, cwd)) output.writeError(`${line}\n`);
}
