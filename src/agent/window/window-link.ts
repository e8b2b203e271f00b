import fs from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { BridgeClient, WindowLost } from './bridge-client.ts';
import { allNotices, bridgeFolder, noticesFor } from './bridge-notice.ts';

interface Options {
  readonly home: string;
  readonly workspace: string;
  /** Whether a window of other folders will do where none holds the workspace. */
  readonly anyWindow?: boolean;
  /** How long to wait for a window before the first, and for one that went away to come back; milliseconds. */
  readonly patienceMs?: { readonly first: number; readonly again: number };
  /** Called when a window has gone, and when there is one again. */
  readonly tell?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** A new notice is told by the system, or seen at the next look. */
const LOOK_MS = 1000;

/** The window that serves a workspace: whichever it is, and over its reloads. */
export class WindowLink {
  private readonly options: Required<Options>;
  private client: BridgeClient | undefined;
  private wasThere = false;

  constructor(options: Options) {
    this.options = { anyWindow: false, patienceMs: { first: 0, again: 0 }, tell: () => undefined, signal: new AbortController().signal, ...options };
  }

  /**
   * Does something with the window; when that goes away, again with the next one, so it must bear being done twice.
   * Rejects with `WindowLost` when no window came in time.
   */
  async use<R>(act: (client: BridgeClient) => Promise<R>): Promise<R> {
    for (;;) {
      const client = await this.reach();
      try {
        return await act(client);
      } catch (error) {
        if (!(error instanceof WindowLost) || this.options.signal.aborted) throw error;
        client.close();
        if (this.client === client) {
          this.client = undefined;
          this.options.tell('The window went away; waiting for it to come back.');
        }
      }
    }
  }

  /** The same when a window is there or was before, which is waited for then; `undefined` where none ever was. */
  async useIfEver<R>(act: (client: BridgeClient) => Promise<R>): Promise<R | undefined> {
    return this.wasThere || (await this.connect()) !== undefined ? this.use(act) : undefined;
  }

  /** The same with a window that is there now; `undefined` without one. */
  async useIfThere<R>(act: (client: BridgeClient) => Promise<R>): Promise<R | undefined> {
    const client = this.connected ?? (await this.connect());
    if (client === undefined) return undefined;
    try {
      return await act(client);
    } catch (error) {
      if (error instanceof WindowLost) return undefined;
      throw error;
    }
  }

  close(): void {
    this.client?.close();
  }

  private get connected(): BridgeClient | undefined {
    return this.client?.isLost === false ? this.client : undefined;
  }

  private async reach(): Promise<BridgeClient> {
    const { patienceMs, signal, tell } = this.options;
    if (this.connected !== undefined) return this.connected;
    const deadline = performance.now() + (this.wasThere ? patienceMs.again : patienceMs.first);
    for (;;) {
      if (signal.aborted) throw new WindowLost('The run is being ended');
      const wasThere = this.wasThere;
      const client = await this.connect();
      if (client !== undefined) {
        if (wasThere) tell('The window is back.');
        return client;
      }
      const rest = deadline - performance.now();
      if (rest <= 0) throw new WindowLost('No window serves the workspace');
      await this.untilNews(Math.min(rest, LOOK_MS));
    }
  }

  private async connect(): Promise<BridgeClient | undefined> {
    const { home, workspace, anyWindow } = this.options;
    for (const notice of anyWindow ? allNotices(home, workspace) : noticesFor(home, workspace)) {
      try {
        this.client = await BridgeClient.open(notice);
        this.wasThere = true;
        return this.client;
      } catch (error) {
        if (!(error instanceof WindowLost)) throw error;
      }
    }
    return undefined;
  }

  /** Resolves when the folder of notices changes, after a while, or when the run is to end. */
  private async untilNews(longestMs: number): Promise<void> {
    const over = new AbortController();
    const stop = (): void => over.abort();
    let watcher: fs.FSWatcher | undefined;
    try {
      watcher = fs.watch(bridgeFolder(this.options.home), stop);
      watcher.on('error', () => undefined);
    } catch {
      // There is no such folder yet, or the system does not tell.
    }
    this.options.signal.addEventListener('abort', stop, { once: true });
    await delay(longestMs, undefined, { signal: over.signal }).catch(() => undefined);
    this.options.signal.removeEventListener('abort', stop);
    watcher?.close();
  }
}
