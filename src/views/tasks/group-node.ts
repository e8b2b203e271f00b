import type { Face } from '../../core/present/face.ts';
import type { TreeNode } from './tree-node.ts';

/** A heading of the task tree with tasks or batches below it. */
export class GroupNode {
  readonly kind = 'group';
  readonly id: string;
  readonly parent = undefined;
  readonly startsExpanded: boolean;
  face: Face;
  /** `undefined` until somebody has looked below it. */
  rows: readonly TreeNode[] | undefined;

  constructor(id: string, face: Face, startsExpanded: boolean) {
    this.id = id;
    this.face = face;
    this.startsExpanded = startsExpanded;
  }
}
