import type { Face } from '../../core/present/face.ts';
import type { BranchNode } from './tree-node.ts';

/** Stands for rows that are not loaded; entering it loads the next page. */
export class MoreNode {
  readonly kind = 'more';
  readonly id: string;
  readonly parent: BranchNode | undefined;
  face: Face;

  constructor(id: string, parent: BranchNode | undefined, face: Face) {
    this.id = id;
    this.parent = parent;
    this.face = face;
  }
}
