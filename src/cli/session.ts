import { DEFAULT_OPTIONS } from '../core/engine/engine-options.ts';
import type { EnginePort } from '../core/engine/engine-port.ts';
import { engineOptions } from '../core/settings/engine-settings.ts';
import { besideProgram } from './beside-program.ts';
import { BrokenOff } from './broken-off.ts';
import type { CommandContext } from './command-context.ts';
import { ProjectConfig } from './config/project-config.ts';
import { putInForce } from './config/put-in-force.ts';
import { givenWorkspace, workspaceOf } from './workspace.ts';

/** How long unseen ends are waited for at most, and how often they are looked at meanwhile. */
const SEEING_MS = 5000;
const SEEING_STEP_MS = 20;

/** An engine for as long as some work with it takes. */
async function withEngine<T>(opening: Promise<EnginePort>, use: (engine: EnginePort) => Promise<T>): Promise<T> {
  const engine = await opening;
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}

/** An engine that looks and takes orders and never starts a task. */
export function withObserver<T>(context: CommandContext, use: (engine: EnginePort) => Promise<T>, roots: readonly string[] = []): Promise<T> {
  return withEngine(context.openEngine({ ...DEFAULT_OPTIONS, home: context.home, kind: 'cli', roots, runsTasks: false }), use);
}

/** An engine that starts what waits in some workspaces, and goes by their configuration. */
export async function withActor<T>(context: CommandContext, roots: readonly string[], use: (engine: EnginePort, config: ProjectConfig) => Promise<T>, jobs?: number): Promise<T> {
  const config = new ProjectConfig(roots, await withObserver(context, (engine) => engine.userSettings()));
  await tellProblems(config, context);
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

/** An engine that looks, after the ends that nobody saw have been written down. */
export function withReader<T>(context: CommandContext, use: (engine: EnginePort) => Promise<T>): Promise<T> {
  return withObserver(context, async (engine) => {
    await seeEnds(engine, context);
    return use(engine);
  });
}

/** Has the ends written down that nobody saw. */
export async function seeEnds(engine: EnginePort, context: CommandContext): Promise<void> {
  if ((await engine.unseenEnds()).length > 0) await withCaretaker(context, (caretaker) => untilAllSeen(caretaker, context));
}

/** Looks may be late, but nobody has to wait for the last stubborn process of a run. */
async function untilAllSeen(engine: EnginePort, { clock }: CommandContext): Promise<void> {
  for (const start = clock.now(); clock.now() - start < SEEING_MS && (await engine.unseenEnds()).length > 0; ) {
    await new Promise<void>((resolve) => clock.after(SEEING_STEP_MS, resolve));
  }
}

/** An engine that asks for files, and looks after nothing: for what has to be quick. */
export function withHolder<T>(context: CommandContext, use: (engine: EnginePort) => Promise<T>): Promise<T> {
  return withEngine(context.openEngine({ ...DEFAULT_OPTIONS, home: context.home, kind: 'agent', roots: [], runsTasks: false }), use);
}

/** Has an engine that is open already know the types and roles of a workspace. */
export async function configure(engine: EnginePort, workspace: string, context: CommandContext): Promise<ProjectConfig> {
  const config = new ProjectConfig([workspace], await engine.userSettings());
  await tellProblems(config, context);
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

async function tellProblems(config: ProjectConfig, { output }: CommandContext): Promise<void> {
  for (const line of await config.read()) output.writeError(`${line}\n`);
}
