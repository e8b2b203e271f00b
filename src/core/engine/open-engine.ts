import { claudeSessionLister } from '../agents/claude-sessions.ts';
import { agentDetector } from '../agents/detect-agents.ts';
import { PROBE_LIMITS, systemSurroundings } from '../agents/surroundings.ts';
import { systemClock } from '../base/clock.ts';
import { Emitter } from '../base/emitter.ts';
import type { LogLevel } from '../base/log.ts';
import { pathFinder, type ProgramFinder } from '../launch/find-program.ts';
import type { Launcher } from '../process/launcher.ts';
import type { ProcessTable } from '../process/process-table.ts';
import { runProgram } from '../process/run-program.ts';
import { setQuietOn } from '../process/process-quiet.ts';
import { shimFor } from '../process/shim.ts';
import { spawnDetached } from '../process/spawn-detached.ts';
import { systemProcessTable } from '../process/system-process-table.ts';
import { runTool } from '../process/tool.ts';
import { openDatabase } from '../store/open-database.ts';
import { Store } from '../store/store.ts';
import type { AgentProbes } from './agents/agent-keeper.ts';
import { noCheckpoint, type Checkpoint } from './checkpoint.ts';
import { Engine } from './engine.ts';
import type { EngineOptions } from './engine-options.ts';
import type { EnginePort } from './engine-port.ts';
import { FileLog } from './file-log.ts';

/**
 * Opens an engine on this machine.
 * @throws UserError when the state folder cannot be used.
 */
export async function openEngine(options: EngineOptions, checkpoint: Checkpoint = noCheckpoint): Promise<EnginePort> {
  const { database, notice } = openDatabase(options.home, options.durability, systemClock.now());
  const logged = new Emitter<{ level: LogLevel; message: string }>();
  const platform = process.platform;
  const table = systemProcessTable(platform);
  const finder = pathFinder();
  const launcher = options.runsTasks ? await openLauncher(finder, table, platform) : undefined;
  const engine = new Engine(
    {
      store: new Store(database),
      notice,
      clock: systemClock,
      log: new FileLog(options.home, systemClock, (level, message) => logged.fire({ level, message })),
      onDidLog: logged.event,
      table,
      checkpoint,
      onClosed: () => launcher?.dispose(),
      setQuiet: setQuietOn(platform, runTool),
      canPause: platform !== 'win32',
      agentProbes: agentProbes(options, finder),
      process: {
        spawn: launcher?.spawn ?? spawnDetached,
        shim: shimFor(platform, process.execPath),
        launch: { programs: options.programs, finder, platform, ownNode: process.execPath, agentRunner: options.agentRunner, assessor: options.assessor, hostedRunner: options.hostedRunner, home: options.home },
      },
    },
    options,
  );
  await engine.start();
  return engine.port();
}

function agentProbes({ claudeExtension, roots, programs }: EngineOptions, finder: ProgramFinder): AgentProbes {
  const around = { ...systemSurroundings(), run: runProgram, finder, limits: PROBE_LIMITS, claudeExtension, workspace: roots[0], python: programs.python, now: () => systemClock.now() };
  return { detect: agentDetector(around), sessions: claudeSessionLister(around) };
}

/** Where a fork is dear and Perl is there; see `Launcher`. */
async function openLauncher(finder: ProgramFinder, table: ProcessTable, platform: NodeJS.Platform): Promise<Launcher | undefined> {
  const perl = platform === 'linux' ? finder.find('perl') : undefined;
  if (perl === undefined) return undefined;
  const { Launcher } = await import('../process/launcher.ts');
  return new Launcher(perl, spawnDetached, table);
}
