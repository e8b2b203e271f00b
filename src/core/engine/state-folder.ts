import os from 'node:os';
import path from 'node:path';

/** Folder of the store, the logs and the runs of this user: `PARALLEL_WORKFLOW_HOME`, else the platform's place for state (XDG Base Directory Specification on Linux). */
export function stateFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform, home: string = os.homedir()): string {
  const chosen = env.PARALLEL_WORKFLOW_HOME;
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen);
  const paths = platform === 'win32' ? path.win32 : path.posix;
  switch (platform) {
    case 'win32':
      return paths.join(env.LOCALAPPDATA ?? paths.join(home, 'AppData', 'Local'), 'parallel-workflow');
    case 'darwin':
      return paths.join(home, 'Library', 'Application Support', 'parallel-workflow');
    default: {
      const state = env.XDG_STATE_HOME;
      return paths.join(state !== undefined && paths.isAbsolute(state) ? state : paths.join(home, '.local', 'state'), 'parallel-workflow');
    }
  }
}
