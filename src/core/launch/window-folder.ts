import { createHash } from 'node:crypto';
import path from 'node:path';

/** Where a window of a workspace says how it can be reached; see `WindowAddress`. */
export function windowFile(home: string, workspace: string): string {
  return path.join(home, 'windows', `${createHash('sha256').update(workspace).digest('hex').slice(0, 16)}.json`);
}
