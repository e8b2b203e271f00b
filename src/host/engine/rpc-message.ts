/** What crosses between the extension host and the engine's thread. */
export type RpcMessage =
  | { readonly type: 'request'; readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  | { readonly type: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly error: RpcError }
  | { readonly type: 'event'; readonly name: string; readonly value: unknown };

/** An error as data: its class and the fields that a person or a log needs. */
export interface RpcError {
  readonly forPeople: boolean;
  readonly message: string;
  readonly stack: string | undefined;
}

/** Either end of a message channel, such as a `Worker` or its `parentPort`. */
export interface RpcChannel {
  postMessage(message: RpcMessage): void;
  on(event: 'message', listener: (message: RpcMessage) => void): unknown;
}
