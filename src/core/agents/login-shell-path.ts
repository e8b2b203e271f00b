import path from 'node:path';
import { plainEnvironment } from './probe-environment.ts';
import type { Surroundings } from './surroundings.ts';

const SHELLS = ['zsh', 'bash', 'fish', 'sh', 'dash', 'ksh'];
const MARK = 'PARALLEL_WORKFLOW_PATH=';

/**
 * The PATH that a login shell would have. Programs that macOS starts from the Dock have a poorer one. `undefined` when the
 * shell does not tell in time; its start-up files are the person's own and may do anything.
 */
export async function loginShellPath({ run, env, home, limits }: Pick<Surroundings, 'run' | 'env' | 'home' | 'limits'>, signal: AbortSignal): Promise<string | undefined> {
  const own = env.SHELL ?? '';
  const file = path.isAbsolute(own) && SHELLS.includes(path.basename(own)) ? own : '/bin/zsh';
  const answer = await run({ file, args: ['-ilc', `printf '\\n${MARK}%s\\n' "$PATH"`], env: plainEnvironment(env), cwd: home, limitMs: limits.shellMs, signal });
  if (answer.type !== 'ended') return undefined;
  const line = answer.output.split('\n').findLast((text) => text.startsWith(MARK));
  return line === undefined || line === MARK ? undefined : line.slice(MARK.length);
}
