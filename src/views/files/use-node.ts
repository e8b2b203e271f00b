import type { FileUse } from '../../core/model/files/file-use.ts';
import type { Face } from '../../core/present/face.ts';
import type { UserNode } from './user-node.ts';

/** A file in use. The node stays while its users come and go, so that what is expanded below it stays. */
export class UseNode {
  readonly kind = 'use';
  readonly id: string;
  readonly parent = undefined;
  use: FileUse;
  face: Face;
  /** `undefined` until somebody has looked below it. */
  users: readonly UserNode[] | undefined;

  constructor(id: string, use: FileUse, face: Face) {
    this.id = id;
    this.use = use;
    this.face = face;
  }

  /** As it was claimed; of a glob, the folder that it starts from. */
  get path(): string {
    return this.use.path;
  }
}
