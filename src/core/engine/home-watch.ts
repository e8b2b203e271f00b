import fs from 'node:fs';
import { storeFile } from '../store/open-database.ts';

/** A run that goes on though nobody follows it any more. */
export interface LeftRun {
  readonly title: string;
  /** Of its shim, which leads its process group. */
  readonly pid: number | undefined;
}

/** Notices that the store's file is gone, or another one is in its place: SQLite would go on in one that nobody else can find. */
export class HomeWatch {
  private readonly home: string;
  private readonly inode: number | undefined;

  constructor(home: string) {
    this.home = home;
    this.inode = inodeOf(home);
  }

  isThere(): boolean {
    const now = inodeOf(this.home);
    return now === undefined || this.inode === undefined || now === this.inode;
  }

  /** What happened, what is left, and the ways out. */
  loss(left: readonly LeftRun[]): string {
    const what = `The state folder ${this.home} is gone, or another one is in its place: somebody deleted, moved or replaced it while it was in use.`;
    const wayOut = 'If it was moved, move it back and start again: everything is found. Else the next start begins with an empty queue and history.';
    if (left.length === 0) return `${what} ${wayOut}`;
    const runs = left.map(({ title, pid }) => `\n  ${title}${pid === undefined ? '' : `: process ${pid}${process.platform === 'win32' ? '' : `, ended by \`kill -- -${pid}\``}`}`);
    return `${what} ${wayOut}\nStill running, and followed by nobody from now on:${runs.join('')}`;
  }
}

/** 0 when there is no such file; `undefined` of a disk that does not answer just now, which is not gone. */
function inodeOf(home: string): number | undefined {
  try {
    return fs.statSync(storeFile(home), { throwIfNoEntry: false })?.ino ?? 0;
  } catch {
    return undefined;
  }
}
