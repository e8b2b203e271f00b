import { GUARDED_VARIABLE } from '../../core/launch/task-environment.ts';

/** Variables of Claude Code that say who is logged in where, or where its settings are; other ones belong to a session that may be around us. */
const OF_THE_ACCOUNT = /^(?:ANTHROPIC_|CLAUDE_CODE_(?:OAUTH_TOKEN|USE_|SKIP_\w+_AUTH|API_KEY_|CLIENT_|CERT_|MAX_OUTPUT_TOKENS|GIT_BASH_PATH|DISABLE_NONESSENTIAL_TRAFFIC|EFFORT_LEVEL)|CLAUDE_CONFIG_DIR$)/;
const OF_A_SESSION = /^(?:CLAUDE|ENABLE_IDE_INTEGRATION$)/;
/** Of the program that runs us, or of its terminal. */
const OF_THE_HOST = /^(?:ELECTRON_|VSCODE_|NODE_OPTIONS$|NODE_CHANNEL_FD$|FORCE_COLOR$|CLICOLOR_FORCE$|PY_COLORS$)/;
const SECRET = /(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY|CREDENTIALS)$/;
/** Other services that Claude Code may be told to use; their own keys are needed then. */
const CLOUDS: readonly (readonly [variable: string, names: RegExp])[] = [
  ['CLAUDE_CODE_USE_BEDROCK', /^AWS_/],
  ['CLAUDE_CODE_USE_VERTEX', /^(?:GOOGLE_|GCLOUD_|CLOUDSDK_)/],
  ['CLAUDE_CODE_USE_FOUNDRY', /^AZURE_/],
];

/**
 * What Claude Code, and whatever it runs, gets of our environment: nothing of our host and of a session around us, and no
 * secret that is not its own, unless the task itself sets it.
 * @param ofTask names of the variables that the task sets.
 */
export function claudeEnvironment(env: NodeJS.ProcessEnv, ofTask: ReadonlySet<string>): Record<string, string> {
  const clouds = CLOUDS.filter(([variable]) => (env[variable] ?? '') !== '').map(([, names]) => names);
  const isKept = (name: string): boolean => {
    if (ofTask.has(name) || OF_THE_ACCOUNT.test(name)) return true;
    if (OF_A_SESSION.test(name) || OF_THE_HOST.test(name)) return false;
    return !SECRET.test(name) || clouds.some((names) => names.test(name));
  };
  const kept = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && isKept(entry[0]));
  return {
    ...Object.fromEntries(kept),
    // A limit is for the queue to wait for, not for a process that holds a place.
    CLAUDE_CODE_MAX_RETRIES: '2',
    // What goes on after its call would write behind the locks.
    CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: '1',
    // Many run at once, and each is a fixed version while it runs.
    DISABLE_AUTOUPDATER: '1',
    NO_COLOR: '1',
    [GUARDED_VARIABLE]: '1',
  };
}
