import type { Claim } from '../../core/model/files/claim.ts';
import type { Face } from '../../core/present/face.ts';
import type { TaskNode } from './task-node.ts';

/** A file that the task above it declares to use. */
export class FileNode {
  readonly kind = 'file';
  readonly id: string;
  readonly parent: TaskNode;
  /** Absolute. */
  readonly path: string;
  readonly face: Face;

  constructor(parent: TaskNode, claim: Claim, face: Face) {
    this.id = `${parent.id}/${claim.mode}-${claim.path}`;
    this.parent = parent;
    this.path = claim.path;
    this.face = face;
  }
}
