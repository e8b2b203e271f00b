import path from 'node:path';

/** Variables of the engine's host, of a session of Claude that it may run in, and of ours. */
const OF_THE_HOST = /^(?:VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_CHANNEL_FD$|PARALLEL_WORKFLOW_|CLAUDECODE$|CLAUDE_CODE_(?:ENTRYPOINT|SSE_PORT|SESSION|EXECPATH)|ENABLE_IDE_INTEGRATION$)/;
/** What may be a secret by its name. */
const SECRET = /KEY|TOKEN|SECRET|PASSW|CREDENTIAL|AUTH/i;
const QUIET = { DISABLE_AUTOUPDATER: '1', DISABLE_TELEMETRY: '1', DISABLE_ERROR_REPORTING: '1', CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', NO_COLOR: '1' };

/**
 * For questions to Claude: with what it logs in by, without what belongs to others. Its own folder is on the PATH, since a
 * script there may need the Node beside it.
 */
export function claudeEnvironment(inherited: NodeJS.ProcessEnv, program: string): Record<string, string> {
  const env = without(inherited, OF_THE_HOST);
  return { ...env, PATH: [path.dirname(program), ...(env.PATH === undefined ? [] : [env.PATH])].join(path.delimiter), ...QUIET };
}

/** For programs that are no agents: nothing that may be a secret. */
export function plainEnvironment(inherited: NodeJS.ProcessEnv): Record<string, string> {
  const env = without(inherited, OF_THE_HOST);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !SECRET.test(name) && !name.startsWith('PYTHON')));
}

function without(inherited: NodeJS.ProcessEnv, dropped: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(inherited).filter((entry): entry is [string, string] => entry[1] !== undefined && !dropped.test(entry[0])));
}
