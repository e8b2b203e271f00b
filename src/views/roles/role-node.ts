import type { RoleView } from '../../core/model/roles/role-view.ts';
import { presentRole } from '../../core/present/roles/present-role.ts';
import type { Face } from '../../core/present/face.ts';

/** A role in its view. */
export class RoleNode {
  readonly kind = 'role';
  readonly name: string;
  view: RoleView;
  face: Face;

  constructor(view: RoleView) {
    this.name = view.role.name;
    this.view = view;
    this.face = presentRole(view);
  }
}
