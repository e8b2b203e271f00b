import fs from 'node:fs';
import { ok, type Result } from '../../base/result.ts';
import { commandLine, type CommandLineContext, type MissingProgram } from '../../launch/command-line.ts';
import { taskEnvironment } from '../../launch/task-environment.ts';
import { AGENT_FILES, type AgentRequest } from '../../model/agents/agent-request.ts';
import type { Prompt } from '../../model/spec.ts';
import type { Shim } from '../../process/shim.ts';
import type { StoredRun } from '../../store/run-table.ts';
import type { StoredTask } from '../../store/task-row.ts';
import { outputFolder, RESULT_FILE } from './agent-outputs.ts';
import { argumentsOf } from './arguments-of.ts';
import type { RunInHand } from './run-in-hand.ts';

export interface PrepareRunPorts {
  readonly shim: Shim;
  readonly launch: Omit<CommandLineContext, 'workspace' | 'argumentsFile' | 'resultFile'>;
  /** Folder of the agents' outputs, relative to the workspace. */
  readonly agentOutputs: string;
  /** What the program that carries out a prompt is told. */
  readonly agentRequest: (task: StoredTask, work: Prompt, run: StoredRun) => AgentRequest;
}

/** What is to be started for a run. */
export interface PreparedRun {
  /** The command, as people know it. */
  readonly command: readonly string[];
  /** The command under its shim. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Makes a run's folders, writes down what its program reads there, and says what is to be started.
 * @throws when its working folder is not there, or its own cannot be made.
 */
export function prepareRun({ task, run, folder }: Pick<RunInHand, 'task' | 'run' | 'folder'>, { shim, launch, agentOutputs, agentRequest }: PrepareRunPorts): Result<PreparedRun, MissingProgram> {
  const output = outputFolder(task, run, agentOutputs);
  const argumentsFile = `${run.folder}/arguments.json`;
  const line = commandLine(task.spec, { ...launch, workspace: task.workspace, argumentsFile, resultFile: `${output}/${RESULT_FILE}` });
  if (!line.ok) return line;
  if (!fs.existsSync(task.spec.cwd)) throw new Error(`there is no folder ${task.spec.cwd}`);
  folder.create();
  if (output !== run.folder) fs.mkdirSync(output, { recursive: true });
  const given = argumentsOf(task);
  if (given !== undefined) fs.writeFileSync(argumentsFile, JSON.stringify(given));
  const { work } = task.spec;
  if (work.kind === 'prompt') fs.writeFileSync(`${run.folder}/${AGENT_FILES.request}`, JSON.stringify(agentRequest(task, work, run)));
  return ok({
    command: line.value.argv,
    argv: shim.wrap(run.folder, line.value.argv, task.spec.interactive),
    env: { ...shim.env, ...line.value.env, ...taskEnvironment(process.env, task, run, { temp: folder.temp, output }) },
  });
}
