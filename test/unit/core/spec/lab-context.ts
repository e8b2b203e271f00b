import { BUILT_IN_ROLES } from '../../../../src/core/model/roles/built-in-roles.ts';
import type { SpecContext } from '../../../../src/core/spec/spec-context.ts';

const FILES: Readonly<Record<string, string>> = {
  '/lab/a.py': 'print(1)',
  '/lab/b.py': '',
  '/lab/run.sh': '',
  '/lab/tools/mesh.py': '',
  '/lab/tools/mesh.mjs': '',
  '/lab/render.py': 'import bpy\n',
  '/lab/notes.txt': 'Nothing to run.\n',
  '/lab/render.txt': 'import bpy\n',
  '/lab/scene.PY': 'import bpy\n',
  '/lab/review.prompt.md': 'Review it.\n',
  '/out/x.py': '',
};

/** A workspace `/lab` with a few files, and one file outside of it. */
export const lab: SpecContext = {
  base: '/lab',
  roots: ['/lab'],
  typeNames: ['blender_task', 'simulation', 'analysis', 'utility'],
  roles: BUILT_IN_ROLES,
  isFile: (file) => file in FILES,
  isExecutable: (file) => file === '/lab/render.txt',
  isFolder: (folder) => ['/lab', '/lab/tools', '/out'].includes(folder),
  readHead: (file) => FILES[file] ?? '',
  promptFile: () => undefined,
};
