import { createHash } from 'node:crypto';
import path from 'node:path';

/** Where the windows of a workspace say how they can be reached, a file each; see `WindowAddress`. */
export function windowFolder(home: string, workspace: string): string {
  return path.join(home, 'windows', createHash('sha256').update(workspace).digest('hex').slice(0, 16));
}
