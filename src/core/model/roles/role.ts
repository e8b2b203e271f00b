import type { Json } from '../../base/json.ts';

/** What a task of a role is taken to need when nothing better is known. */
export interface Requirement {
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
}

/** Where a role comes from; what a program brings is not touched when settings are read anew. */
export type RoleSource = 'builtIn' | 'configuration' | 'code';

/** A named queue of a workspace with a purpose. */
export interface Role {
  /** By which tasks and orders name it: `snake_case`. */
  readonly name: string;
  readonly label: string;
  /** In a sentence, for people. */
  readonly purpose: string;
  /** Of its tasks, unless they have their own; lower runs first. The least urgent roles give way first. */
  readonly priority: number;
  readonly requirement: Requirement;
  /** A role that is not enabled is stopped, whoever starts it. */
  readonly enabled: boolean;
  /** What it does when it is started: a program with its arguments, queued as a task of the role. */
  readonly command?: readonly string[];
  /** Settings of its own. */
  readonly options: Readonly<Record<string, Json>>;
  readonly source: RoleSource;
}

/** What a person wants of a role. Paused: running tasks go on, nothing new starts. Stopped: they are cancelled as well, those that wait too. */
export type RoleOrder = 'running' | 'paused' | 'stopped';

/** Why a role's queue is shut: by an order, or for as long as the machine is short. */
export type RoleShut = Exclude<RoleOrder, 'running'> | 'givesWay';

export type RoleState = 'running' | RoleShut;

export const ROLE_NAME = /^[a-z][a-z0-9_]*$/;

/** Whether a role's queue is shut. With `giveWayFrom`, roles of this priority or a less urgent one give way. Pure. */
export function roleState(role: Pick<Role, 'enabled' | 'priority'>, ordered: RoleOrder, giveWayFrom: number | undefined): RoleState {
  if (!role.enabled) return 'stopped';
  if (ordered !== 'running') return ordered;
  return giveWayFrom !== undefined && role.priority >= giveWayFrom ? 'givesWay' : 'running';
}
