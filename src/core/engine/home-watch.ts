import fs from 'node:fs';
import { Emitter } from '../base/emitter.ts';
import type { Log } from '../base/log.ts';
import { storeFile } from '../store/store-file.ts';

/** A run that goes on though nobody follows it any more. */
export interface LeftRun {
  readonly title: string;
  /** Of its shim, which leads its process group. */
  readonly pid: number | undefined;
}

/** Notices that the store's file is gone, or another one is in its place: SQLite would go on in one that nobody else can find. */
export class HomeWatch {
  private readonly home: string;
  private readonly log: Log;
  private readonly left: () => readonly LeftRun[];
  private readonly inode: number | undefined;
  private readonly lost = new Emitter<string>();
  private hasLost = false;

  /** What happened, what is left running, and the ways out; once. */
  readonly onDidLose = this.lost.event;

  constructor(home: string, log: Log, left: () => readonly LeftRun[]) {
    this.home = home;
    this.log = log;
    this.left = left;
    this.inode = inodeOf(home);
  }

  isLost(): boolean {
    if (this.hasLost || this.isThere()) return this.hasLost;
    this.hasLost = true;
    const loss = this.loss(this.left());
    // Told before it is logged, so that who shows both knows it again.
    this.lost.fire(loss);
    this.log.write('error', loss);
    return true;
  }

  private isThere(): boolean {
    const now = inodeOf(this.home);
    return now === undefined || this.inode === undefined || now === this.inode;
  }

  private loss(left: readonly LeftRun[]): string {
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
