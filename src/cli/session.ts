import { DEFAULT_OPTIONS } from '../core/engine/engine-options.ts';
import type { EnginePort } from '../core/engine/engine-port.ts';
import { besideProgram } from './beside-program.ts';
import type { CommandContext } from './command-context.ts';
import { givenWorkspace, workspaceOf } from './workspace.ts';

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

/** An engine that starts what waits in some workspaces. */
export function withActor<T>(context: CommandContext, roots: readonly string[], use: (engine: EnginePort) => Promise<T>, jobs?: number): Promise<T> {
  const options = { ...DEFAULT_OPTIONS, home: context.home, kind: 'cli', roots, hasTerminals: context.hasKeyboard, agentRunner: besideProgram(context.programFile, 'agent'), assessor: context.programFile, hostedRunner: besideProgram(context.programFile, 'hosted'), ...(jobs !== undefined && { jobs }) } as const;
  return withEngine(context.openEngine(options), use);
}

/** An engine that looks after runs whose own engine is gone, and starts nothing. */
export function withCaretaker<T>(context: CommandContext, use: (engine: EnginePort) => Promise<T>): Promise<T> {
  return withActor(context, [], use);
}

/** An engine that asks for files, and looks after nothing: for what has to be quick. */
export function withHolder<T>(context: CommandContext, use: (engine: EnginePort) => Promise<T>): Promise<T> {
  return withEngine(context.openEngine({ ...DEFAULT_OPTIONS, home: context.home, kind: 'agent', roots: [], runsTasks: false }), use);
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
