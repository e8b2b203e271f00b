import { stat } from 'node:fs/promises';
import { pathKey } from '../../core/locks/path-key.ts';

/** Which files an agent has read as they are: what it never saw it must not write over. */
export class SeenFiles {
  private readonly stamps = new Map<string, string>();

  async note(file: string): Promise<void> {
    const stamp = await stampOf(file);
    if (stamp !== undefined) this.stamps.set(pathKey(file), stamp);
  }

  /** Whether the file is there and has changed since it was seen, or never was. */
  async isNews(file: string): Promise<'never' | 'changed' | undefined> {
    const stamp = await stampOf(file);
    if (stamp === undefined) return undefined;
    const seen = this.stamps.get(pathKey(file));
    if (seen === undefined) return 'never';
    return seen === stamp ? undefined : 'changed';
  }
}

async function stampOf(file: string): Promise<string | undefined> {
  const found = await stat(file, { bigint: true }).catch(() => undefined);
  return found === undefined ? undefined : `${found.ino} ${found.size} ${found.mtimeNs}`;
}
