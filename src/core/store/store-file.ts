import path from 'node:path';

/** Of a state folder. */
export function storeFile(home: string): string {
  return path.join(home, 'store.sqlite');
}
