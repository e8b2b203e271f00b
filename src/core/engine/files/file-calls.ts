import type { HoldId, TaskId } from '../../model/ids.ts';
import type { Store } from '../../store/store.ts';
import type { FilePort, FileUse, Holder, HoldRequest, HoldView } from '../engine-port.ts';
import type { FileLocks } from './file-locks.ts';
import { filesInUse } from './files-in-use.ts';
import type { LeaseKeeper } from '../lease-keeper.ts';
import type { UndeclaredWrites } from '../runs/undeclared-writes.ts';

interface FileCallsPorts {
  readonly store: Store;
  readonly lease: LeaseKeeper;
  readonly locks: FileLocks;
  readonly writes: UndeclaredWrites;
  readonly onCommitted: () => void;
}

/** The part of the engine's face that is about files; see `FilePort` for what its methods mean. */
export class FileCalls implements FilePort {
  private readonly ports: FileCallsPorts;

  constructor(ports: FileCallsPorts) {
    this.ports = ports;
  }

  setUnsaved(files: readonly string[]): Promise<void> {
    return this.committed(() => this.ports.locks.setUnsaved(files));
  }

  noteChanged(files: readonly string[]): Promise<void> {
    if (this.ports.writes.changed(files)) this.ports.onCommitted();
    return Promise.resolve();
  }

  noteWritten(task: TaskId, files: readonly string[]): Promise<void> {
    if (this.ports.writes.wrote(task, files)) this.ports.onCommitted();
    return Promise.resolve();
  }

  async requestHold(request: HoldRequest): Promise<HoldView> {
    const view = await this.ports.locks.request(request);
    this.ports.onCommitted();
    return view;
  }

  setHoldProcess(id: HoldId, pid: number): Promise<void> {
    return this.ports.locks.setProcess(id, pid);
  }

  holdView(id: HoldId): Promise<HoldView | undefined> {
    return Promise.resolve(this.ports.locks.view(id));
  }

  endHold(id: HoldId): Promise<void> {
    return this.committed(() => this.ports.locks.end(id));
  }

  breakLock(holder: Holder, file: string): Promise<boolean> {
    return this.committed(() => this.ports.locks.breakLock(holder, file));
  }

  filesInUse(roots: readonly string[]): Promise<readonly FileUse[]> {
    return Promise.resolve(filesInUse(this.ports.store, roots, this.ports.lease.idIfAny));
  }

  /** A change that fails rejects, as it would across a thread. */
  private async committed<T>(change: () => T): Promise<T> {
    const result = change();
    this.ports.onCommitted();
    return Promise.resolve(result);
  }
}
