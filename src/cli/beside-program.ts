import path from 'node:path';

/** Another program of ours: bundles lie in one folder, sources in folders by their names. */
export function besideProgram(programFile: string, name: 'agent' | 'hosted'): string {
  const folder = path.dirname(programFile);
  return path.extname(programFile) === '.ts' ? path.join(folder, '..', name, 'main.ts') : path.join(folder, `${name}.js`);
}
