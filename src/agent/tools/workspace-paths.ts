import path from 'node:path';
import { UserError } from '../../core/base/user-error.ts';
import { pathKey } from '../../core/locks/path-key.ts';
import { isInside } from '../../core/spec/paths.ts';

/** Where an agent may look and write: inside its workspace, whatever links there are. */
export class WorkspacePaths {
  readonly workspace: string;
  private readonly cwd: string;
  private readonly root: string;
  private readonly alsoRead: ReadonlySet<string>;

  /** @param context files that the agent was given to read, which may lie anywhere. */
  constructor({ workspace, cwd, context }: { readonly workspace: string; readonly cwd: string; readonly context: readonly string[] }) {
    this.workspace = workspace;
    this.cwd = cwd;
    this.root = pathKey(workspace);
    this.alsoRead = new Set(context.map((file) => pathKey(file)));
  }

  /** @throws UserError for a place outside of the workspace. */
  toWrite(given: string): string {
    const file = this.resolve(given);
    if (isInside(pathKey(file), this.root)) return file;
    throw outside(given, this.workspace);
  }

  /** @throws UserError for a place outside of the workspace that was not given to read. */
  toRead(given: string): string {
    const file = this.resolve(given);
    const key = pathKey(file);
    if (isInside(key, this.root) || this.alsoRead.has(key)) return file;
    throw outside(given, this.workspace);
  }

  /** As it is shown: from the workspace on, where it lies inside. */
  shown(file: string): string {
    const relative = isInside(file, this.workspace) ? path.relative(this.workspace, file) : file;
    return relative === '' ? '.' : relative.replaceAll(path.sep, '/');
  }

  private resolve(given: string): string {
    if (given.includes('\0')) throw new UserError('Expected a path without a null character.');
    return path.resolve(this.cwd, given);
  }
}

function outside(given: string, workspace: string): UserError {
  return new UserError(`\`${given}\` lies outside of the workspace;`, `only files below ${workspace} can be used.`);
}
