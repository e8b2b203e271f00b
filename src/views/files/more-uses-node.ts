import type { Face } from '../../core/present/face.ts';
import type { UseNode } from './use-node.ts';

/** Stands for files that are not shown yet, which entering it shows; below a file, for users that are only counted. */
export class MoreUsesNode {
  readonly kind = 'moreUses';
  readonly id: string;
  readonly parent: UseNode | undefined;
  readonly face: Face;

  constructor(parent: UseNode | undefined, face: Face) {
    this.id = parent === undefined ? 'more' : `${parent.id}/more`;
    this.parent = parent;
    this.face = face;
  }
}
