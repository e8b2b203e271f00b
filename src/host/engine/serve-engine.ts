import type { EnginePort } from '../../core/engine/engine-port.ts';
import { ENGINE_CALLS, ENGINE_EVENTS, NOT_OPENED, OPENED } from './engine-calls.ts';
import { toRpcError } from './rpc-error.ts';
import type { RpcChannel } from './rpc-message.ts';
import { Rpc } from './rpc.ts';

/** Opens the engine and lets the other side of the channel use it. Resolves when that side knows how it went. */
export async function serveEngine(channel: RpcChannel, open: () => Promise<EnginePort>): Promise<void> {
  let engine: EnginePort | undefined;
  const handlers = Object.fromEntries(
    ENGINE_CALLS.map((name) => [
      name,
      (...args: unknown[]): unknown => {
        if (engine === undefined) throw new Error('The engine is not open');
        return (engine[name] as (...args: unknown[]) => unknown).apply(engine, args);
      },
    ]),
  );
  const rpc = new Rpc(channel, handlers);
  try {
    engine = await open();
  } catch (error) {
    rpc.emit(NOT_OPENED, toRpcError(error));
    return;
  }
  for (const name of ENGINE_EVENTS) engine[name]((value: unknown) => rpc.emit(name, value));
  rpc.emit(OPENED, undefined);
}
