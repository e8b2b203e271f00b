import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { Role } from '../../core/model/roles/role.ts';

/** Tells the engine the roles of each folder of the window: the folder's own, and only where they are others than before. */
export class FolderRoles {
  private readonly engine: Pick<EnginePort, 'setRoles'>;
  private readonly rolesOf: (root: string) => readonly Role[];
  private told: ReadonlyMap<string, string> = new Map();

  constructor(engine: Pick<EnginePort, 'setRoles'>, rolesOf: (root: string) => readonly Role[]) {
    this.engine = engine;
    this.rolesOf = rolesOf;
  }

  async tell(roots: readonly string[]): Promise<void> {
    const before = this.told;
    const now = roots.map((root) => ({ root, roles: this.rolesOf(root) }));
    this.told = new Map(now.map(({ root, roles }) => [root, JSON.stringify(roles)]));
    try {
      for (const { root, roles } of now) if (this.told.get(root) !== before.get(root)) await this.engine.setRoles([root], roles);
    } catch (error) {
      // Whatever was told by then is told once more.
      this.forget();
      throw error;
    }
  }

  /** Another engine has been told nothing yet. */
  forget(): void {
    this.told = new Map();
  }
}
