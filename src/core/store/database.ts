import fs from 'node:fs';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { BUSY_TIMEOUT_MS, inWords, isDamage } from './store-error.ts';

export type Row = Record<string, string | number | null>;
export type Durability = 'normal' | 'full';

/** The file that tells the next to open a store that damage was met in it. */
export const suspicionOf = (file: string): string => `${file}.suspect`;

/** One connection to the store's file: prepared statements are kept, writes happen in immediate transactions. */
export class Database {
  private readonly file: string;
  private readonly connection: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private depth = 0;

  constructor(file: string, durability: Durability, readOnly = false) {
    this.file = file;
    // Loaded on use: a bundle's imports come before its first line, and a Node without SQLite should hear a clear word first.
    const sqlite = process.getBuiltinModule('node:sqlite');
    this.connection = new sqlite.DatabaseSync(file, { readOnly });
    try {
      this.connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
      if (readOnly) return;
      this.connection.exec('PRAGMA journal_mode = WAL');
      this.connection.exec(`PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`);
      this.connection.exec('PRAGMA temp_store = MEMORY');
    } catch (error) {
      // An open file could not be set aside everywhere.
      this.connection.close();
      throw error;
    }
  }

  exec(sql: string): void {
    this.watched(() => this.connection.exec(sql));
  }

  run(sql: string, ...values: SQLInputValue[]): { readonly changes: number; readonly id: number } {
    const result = this.watched(() => this.statement(sql).run(...values));
    return { changes: Number(result.changes), id: Number(result.lastInsertRowid) };
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.watched(() => this.statement(sql).get(...values) as Row | undefined);
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.watched(() => this.statement(sql).all(...values) as Row[]);
  }

  /**
   * Runs `act` in one immediate transaction: it sees no other process's half-done work, and its own is taken back if it throws.
   * Inside another one it simply joins.
   */
  transaction<T>(act: () => T): T {
    if (this.depth > 0) return act();
    try {
      this.connection.exec('BEGIN IMMEDIATE');
    } catch (error) {
      throw inWords(error, this.file);
    }
    this.depth++;
    try {
      const value = act();
      this.connection.exec('COMMIT');
      return value;
    } catch (error) {
      // A full disk may have rolled back already.
      if (this.connection.isTransaction) this.connection.exec('ROLLBACK');
      throw inWords(error, this.file);
    } finally {
      this.depth--;
    }
  }

  get isInTransaction(): boolean {
    return this.depth > 0;
  }

  /** Changes whenever another connection commits. */
  dataVersion(): number {
    return Number(this.get('PRAGMA data_version')!.data_version);
  }

  close(): void {
    this.statements.clear();
    this.connection.close();
  }

  /** Leaves a word for the next to open the store when damage is met. */
  private watched<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      if (isDamage(error)) fs.writeFileSync(suspicionOf(this.file), '');
      throw error;
    }
  }

  private statement(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      statement = this.connection.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }
}
