import { Emitter } from '../../../src/core/base/emitter.ts';
import type { EngineOptions } from '../../../src/core/engine/engine-options.ts';
import type { ChangeNotice, EnginePort } from '../../../src/core/engine/engine-port.ts';
import type { EngineThread } from '../../../src/host/engine/engine-thread.ts';
import type { RpcMessage } from '../../../src/host/engine/rpc-message.ts';
import { serveEngine } from '../../../src/host/engine/serve-engine.ts';
import { ChannelEnd } from './channel-pair.ts';

/** An engine's thread without a thread, over the real protocol; a test makes it crash. */
export class FakeThread implements EngineThread {
  readonly options: EngineOptions;
  readonly changed = new Emitter<ChangeNotice>();
  readonly homeLost = new Emitter<string>();
  readonly calls: string[] = [];
  closed = false;
  private readonly here = new ChannelEnd();
  private readonly exitListeners: ((code: number) => void)[] = [];
  private readonly errorListeners: ((error: Error) => void)[] = [];

  constructor(options: EngineOptions, refusal?: Error) {
    this.options = options;
    const there = new ChannelEnd();
    this.here.other = there;
    there.other = this.here;
    void serveEngine(there, () => (refusal === undefined ? Promise.resolve(this.engine()) : Promise.reject(refusal)));
  }

  postMessage(message: RpcMessage): void {
    this.here.postMessage(message);
  }

  on(event: 'message' | 'error' | 'exit', listener: (value: never) => void): void {
    if (event === 'message') this.here.on(event, listener as (message: RpcMessage) => void);
    else if (event === 'exit') this.exitListeners.push(listener as (code: number) => void);
    else this.errorListeners.push(listener as (error: Error) => void);
  }

  terminate(): Promise<void> {
    this.exit(1);
    return Promise.resolve();
  }

  crash(error: Error): void {
    for (const listener of this.errorListeners) listener(error);
    this.exit(1);
  }

  private exit(code: number): void {
    if (this.here.other !== undefined) this.here.other.other = undefined;
    for (const listener of this.exitListeners.splice(0)) listener(code);
  }

  /** Answers `status` with the number of its roots, and never answers `machine`. */
  private engine(): EnginePort {
    const { options, changed, homeLost, calls } = this;
    const engine = {
      status: async () => {
        calls.push('status');
        return Promise.resolve({ home: options.home });
      },
      machine: () => new Promise(() => undefined),
      setLimits: () => Promise.resolve(),
      close: () => {
        this.closed = true;
        return Promise.resolve();
      },
      onDidChange: changed.event,
      onDidRequestTerminal: new Emitter().event,
      onDidLog: new Emitter().event,
      onDidLoseHome: homeLost.event,
    };
    return engine as unknown as EnginePort;
  }
}
