import type { RpcChannel, RpcMessage } from '../../../src/host/engine/rpc-message.ts';

/** Two ends of a message channel in one thread; messages are cloned and arrive later, as across threads. */
export class ChannelEnd implements RpcChannel {
  other: ChannelEnd | undefined;
  private readonly listeners: ((message: RpcMessage) => void)[] = [];

  postMessage(message: RpcMessage): void {
    const clone = structuredClone(message);
    const { other } = this;
    setImmediate(() => other?.listeners.forEach((listener) => listener(clone)));
  }

  on(_event: 'message', listener: (message: RpcMessage) => void): void {
    this.listeners.push(listener);
  }
}

export function channelPair(): readonly [ChannelEnd, ChannelEnd] {
  const [here, there] = [new ChannelEnd(), new ChannelEnd()];
  here.other = there;
  there.other = here;
  return [here, there];
}
