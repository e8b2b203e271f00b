import type { Json } from '../../base/json.ts';

/** What a runner that an extension brings is told of a task. */
export interface HostedRequest {
  readonly task: number;
  readonly name: string;
  readonly runner: string;
  readonly input: Json;
  readonly args: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly workspace: string;
}

/** How the program of a task reaches a window of its workspace. The file that holds it is only for this user. */
export interface WindowAddress {
  readonly pid: number;
  /** Path of a socket, or name of a pipe. */
  readonly address: string;
  /** Shows that whoever connects may read this file. */
  readonly secret: string;
}

/** From a task's program to the window; one JSON text a line, as all of them. */
export interface HostedOrder {
  readonly secret: string;
  readonly request: HostedRequest;
}

/** From the window to a task's program. */
export type HostedMessage =
  /** What the runner wrote. */
  | { readonly type: 'output' | 'error'; readonly text: string }
  /** The task is carried out by this command, which goes on without the window. */
  | { readonly type: 'command'; readonly argv: readonly string[]; readonly cwd?: string; readonly env?: Readonly<Record<string, string>> }
  /** It is over. */
  | { readonly type: 'end'; readonly code: number };
