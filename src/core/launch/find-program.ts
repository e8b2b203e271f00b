import fs from 'node:fs';
import path from 'node:path';

export interface ProgramFinder {
  /** Absolute path of a program by name (on the PATH) or by path; `undefined` when there is none that can be executed. */
  find(program: string): string | undefined;
}

/** Looks where the system's shell would. */
export function pathFinder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): ProgramFinder {
  const extensions = platform === 'win32' ? ['', ...(env.PATHEXT ?? '.EXE;.CMD;.BAT;.COM').split(';')] : [''];
  const folders = (env.PATH ?? env.Path ?? '').split(platform === 'win32' ? ';' : ':').filter((folder) => folder !== '');
  const known = new Map<string, string>();
  const executable = (file: string): string | undefined => extensions.map((extension) => file + extension).find(isExecutable);
  return {
    find(program) {
      const before = known.get(program);
      if (before !== undefined && isExecutable(before)) return before;
      const hasFolder = program.includes('/') || (platform === 'win32' && program.includes('\\'));
      const found = hasFolder ? executable(path.resolve(program)) : firstOf(folders, (folder) => executable(path.join(folder, program)));
      if (found !== undefined) known.set(program, found);
      return found;
    },
  };
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
