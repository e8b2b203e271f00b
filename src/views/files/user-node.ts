import type { FileUser } from '../../core/model/files/file-use.ts';
import type { TaskId } from '../../core/model/ids.ts';
import type { Face } from '../../core/present/face.ts';
import type { UserRole } from '../../core/present/files/present-file-user.ts';
import type { UseNode } from './use-node.ts';

/** Who holds the file above, or waits for it. */
export class UserNode {
  readonly kind = 'user';
  readonly id: string;
  readonly parent: UseNode;
  readonly user: FileUser;
  readonly role: UserRole;
  readonly face: Face;

  constructor(parent: UseNode, user: FileUser, role: UserRole, face: Face) {
    this.id = userId(parent, user, role);
    this.parent = parent;
    this.user = user;
    this.role = role;
    this.face = face;
  }

  get taskId(): TaskId | undefined {
    return this.user.holder.type === 'task' ? this.user.holder.id : undefined;
  }
}

function userId(parent: UseNode, { holder, mode }: FileUser, role: UserRole): string {
  return `${parent.id}/${role}-${holder.type}-${holder.id}-${mode}`;
}
