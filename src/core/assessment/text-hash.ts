import { createHash } from 'node:crypto';

/** Digest of a text, the same whatever ends its lines: an editor may show other line ends than the disk has. */
export function textHash(text: string): string {
  return createHash('sha256').update(text.replaceAll(/\r\n?/g, '\n')).digest('base64url').slice(0, 24);
}
