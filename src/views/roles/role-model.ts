import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter, type Event } from '../../core/base/emitter.ts';
import type { RoleView } from '../../core/model/roles/role-view.ts';
import { presentRole } from '../../core/present/roles/present-role.ts';
import { sameFace } from '../../core/present/face.ts';
import { RoleNode } from './role-node.ts';

export type RolesRedraw = 'all' | readonly RoleNode[];

/** The view *Roles* without VS Code: a row for each role, kept while its role is there, and which have to be drawn again. */
export class RoleModel implements Disposable {
  private readonly redrawn = new Emitter<RolesRedraw>();
  private readonly subscription: Disposable;
  private nodes: readonly RoleNode[];

  readonly onDidRedraw = this.redrawn.event;

  constructor(watch: { readonly roles: readonly RoleView[]; readonly onDidChange: Event<readonly RoleView[]> }) {
    this.nodes = watch.roles.map((view) => new RoleNode(view));
    this.subscription = watch.onDidChange((views) => this.take(views));
  }

  get rows(): readonly RoleNode[] {
    return this.nodes;
  }

  dispose(): void {
    this.subscription.dispose();
    this.redrawn.dispose();
  }

  private take(views: readonly RoleView[]): void {
    const before = this.nodes;
    this.nodes = views.map((view) => before.find(({ name }) => name === view.role.name) ?? new RoleNode(view));
    const changed = this.nodes.filter((node, index) => {
      const face = presentRole(views[index]!);
      const isSame = sameFace(face, node.face);
      node.view = views[index]!;
      node.face = face;
      return !isSame;
    });
    const isMoved = before.length !== this.nodes.length || before.some((node, index) => node !== this.nodes[index]);
    if (isMoved) this.redrawn.fire('all');
    else if (changed.length > 0) this.redrawn.fire(changed);
  }
}
