import { findPython } from '../launch/python-interpreter.ts';
import type { AgentSettings } from '../model/agents/agent-settings.ts';
import type { AgentState } from '../model/agents/agent.ts';
import { AUTOGEN_PROBE, readAutogenProbe, type AutogenFound } from './autogen-probe.ts';
import { plainEnvironment } from './probe-environment.ts';
import type { Looked } from './state-after-look.ts';
import type { Surroundings } from './surroundings.ts';

const INSTALL = '`python -m pip install autogen-agentchat "autogen-ext[openai]"`';

type Told = Omit<AgentState, 'name' | 'models' | 'checkedAt'>;

/** Asks the chosen Python what it has of AutoGen, before `deadline`. Whether there is a key is seen by its variable's name alone. */
export async function detectAutogen(settings: AgentSettings['autogen'], around: Surroundings, deadline: number, signal: AbortSignal): Promise<Looked> {
  const known = { name: 'autogen', models: settings.model === undefined ? [] : [settings.model], checkedAt: around.now() } as const;
  const { run, finder, env, home, platform, workspace, python } = around;
  const named = settings.python ?? python;
  const program = findPython(named, workspace ?? home, finder, platform);
  if (program === undefined) {
    const why = named === undefined ? 'no Python was found' : `there is no Python \`${named}\``;
    return { state: { ...known, status: 'notInstalled', why, next: 'Install Python 3.10 or later, or name one in the setting `parallelWorkflow.agents.autogen.python`.', need: 'install' }, isSure: true };
  }
  const answer = await run({ file: program, args: ['-I', '-c', AUTOGEN_PROBE], env: plainEnvironment(env), cwd: home, limitMs: Math.max(1, deadline - around.now()), signal });
  if (answer.type === 'tooLong') return { state: { ...known, program, status: 'installed', why: 'Python did not say in time what it has', next: 'Refresh when the machine is calmer.', need: 'look' }, isSure: false };
  const found: AutogenFound = answer.type === 'ended' && answer.code === 0 ? readAutogenProbe(answer.output) : { type: 'unreadable' };
  return { state: { ...known, program, ...standing(found, program, settings, env) }, isSure: true };
}

function standing(found: AutogenFound, program: string, settings: AgentSettings['autogen'], env: NodeJS.ProcessEnv): Told {
  switch (found.type) {
    case 'unreadable':
      return { status: 'notInstalled', why: `${program} does not answer as Python does`, next: 'Name a Python 3.10 or later in the setting `parallelWorkflow.agents.autogen.python`.', need: 'install' };
    case 'none':
      return { status: 'notInstalled', why: `${program} does not have it`, next: `Install it there: ${INSTALL}.`, need: 'install' };
    case 'other': {
      const { flavour, version } = found;
      return { status: 'installed', flavour, ...(version !== undefined && { version }), why: `${flavour} is another product than AutoGen 0.4 and later`, next: `Install AutoGen beside it: ${INSTALL}.`, need: 'install' };
    }
    case 'autogen': {
      const { flavour, version, missing } = found;
      if (missing.length > 0) return { status: 'installed', flavour, version, why: `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing in ${program}`, next: `Install what is missing: ${INSTALL}.`, need: 'install' };
      const login = credentials(settings, env);
      if (login !== undefined) return { status: 'credentials', flavour, version, login };
      return { status: 'installed', flavour, version, why: `neither the variable ${settings.keyVariable} nor a base URL is set`, next: `Start VS Code with ${settings.keyVariable} set, or name a service in the setting \`parallelWorkflow.agents.autogen.baseUrl\`.`, need: 'key' };
    }
  }
}

function credentials({ keyVariable, baseUrl }: AgentSettings['autogen'], env: NodeJS.ProcessEnv): string | undefined {
  if ((env[keyVariable] ?? '') !== '') return keyVariable;
  return (baseUrl ?? env.OPENAI_BASE_URL ?? '') === '' ? undefined : 'base URL';
}
