import path from 'node:path';
import type { ProgramFinder } from './find-program.ts';

/** Python for a workspace: what the task or a setting names, else the workspace's `.venv` (or `venv`), else `python3`, `python`. */
export function findPython(chosen: string | undefined, workspace: string, finder: ProgramFinder, platform: NodeJS.Platform): string | undefined {
  if (chosen !== undefined) return finder.find(chosen);
  const inside = platform === 'win32' ? path.join('Scripts', 'python.exe') : path.join('bin', 'python');
  const places = ['.venv', 'venv'].map((folder) => path.join(workspace, folder, inside));
  const names = platform === 'win32' ? ['python', 'py'] : ['python3', 'python'];
  for (const place of [...places, ...names]) {
    const found = finder.find(place);
    if (found !== undefined) return found;
  }
  return undefined;
}
