import type { KeyedClaim } from '../locks/keyed-claim.ts';
import type { ClaimMode } from '../model/files/claim.ts';
import type { Database } from './database.ts';

/** Rows of `script_claims`: what tasks of a script claim besides what they declare, because a person said so. */
export class ScriptClaimTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** `script` is the key of the script's file. */
  add(script: string, claims: readonly KeyedClaim[]): void {
    for (const { key, glob, path, mode } of claims) {
      this.db.run('INSERT INTO script_claims VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET mode = excluded.mode', script, key, glob, path, mode);
    }
  }

  of(script: string): KeyedClaim[] {
    return this.db
      .all('SELECT * FROM script_claims WHERE script = ?', script)
      .map((row) => ({ key: String(row.key), glob: String(row.glob), path: String(row.path), mode: row.mode as ClaimMode }));
  }
}
