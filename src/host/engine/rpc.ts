import { messageOf } from '../../core/base/user-error.ts';
import { fromRpcError, toRpcError } from './rpc-error.ts';
import type { RpcChannel, RpcMessage } from './rpc-message.ts';

type Handler = (...args: never[]) => unknown;

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Requests, replies and events over a message channel; the same class on both sides. Every request is answered: a
 * handler that throws, or whose result cannot be sent, answers with the error. After `end` nothing is left pending.
 */
export class Rpc {
  private readonly channel: RpcChannel;
  private readonly handlers: Readonly<Record<string, Handler>>;
  private readonly onEvent: (name: string, value: unknown) => void;
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private ended: Error | undefined;

  constructor(channel: RpcChannel, handlers: Readonly<Record<string, Handler>>, onEvent: (name: string, value: unknown) => void = () => undefined) {
    this.channel = channel;
    this.handlers = handlers;
    this.onEvent = onEvent;
    channel.on('message', (message) => this.receive(message));
  }

  /** Rejects with the other side's error, and with that of `end` when no answer can come any more. */
  request(method: string, args: readonly unknown[] = []): Promise<unknown> {
    if (this.ended !== undefined) return Promise.reject(this.ended);
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      try {
        this.channel.postMessage({ type: 'request', id, method, args });
      } catch (error) {
        this.pending.delete(id);
        reject(new Error(`The arguments of \`${method}\` cannot be sent: ${messageOf(error)}`));
      }
    });
  }

  emit(name: string, value: unknown): void {
    if (this.ended === undefined) this.channel.postMessage({ type: 'event', name, value });
  }

  /** The other side is gone, or about to be. */
  end(reason: Error): void {
    if (this.ended !== undefined) return;
    this.ended = reason;
    for (const { reject } of this.pending.values()) reject(reason);
    this.pending.clear();
  }

  private receive(message: RpcMessage): void {
    switch (message.type) {
      case 'request':
        void this.answer(message.id, message.method, message.args);
        return;
      case 'reply':
        this.take(message.id)?.resolve(message.value);
        return;
      case 'failure':
        this.take(message.id)?.reject(fromRpcError(message.error));
        return;
      case 'event':
        if (this.ended === undefined) this.onEvent(message.name, message.value);
        return;
    }
  }

  private take(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }

  private async answer(id: number, method: string, args: readonly unknown[]): Promise<void> {
    try {
      const handler = Object.hasOwn(this.handlers, method) ? this.handlers[method] : undefined;
      if (handler === undefined) throw new Error(`There is no method \`${method}\``);
      this.channel.postMessage({ type: 'reply', id, value: await handler(...(args as never[])) });
    } catch (error) {
      this.channel.postMessage({ type: 'failure', id, error: toRpcError(error) });
    }
  }
}
