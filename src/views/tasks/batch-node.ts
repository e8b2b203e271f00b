import type { BatchView } from '../../core/engine/engine-port.ts';
import type { BatchId } from '../../core/model/ids.ts';
import type { Face } from '../../core/present/face.ts';
import type { GroupNode } from './group-node.ts';
import type { TreeNode } from './tree-node.ts';

/** A batch with its totals; below it its tasks, or the remarkable ones when it is over. */
export class BatchNode {
  readonly kind = 'batch';
  readonly id: string;
  readonly parent: GroupNode | undefined;
  readonly batchId: BatchId;
  batch: BatchView;
  face: Face;
  /** `undefined` until somebody has looked below it. */
  rows: readonly TreeNode[] | undefined;

  constructor(id: string, parent: GroupNode | undefined, batch: BatchView, face: Face) {
    this.id = id;
    this.parent = parent;
    this.batchId = batch.id;
    this.batch = batch;
    this.face = face;
  }
}
