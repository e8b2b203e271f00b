import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import fs from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { bridgeFolder, clearNotices, writeNotice } from '../../agent/window/bridge-notice.ts';
import type { WindowService } from '../../agent/window/window-service.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { BridgeConnection } from './bridge-connection.ts';

interface Options {
  readonly home: string;
  readonly roots: readonly string[];
  readonly service: WindowService;
  readonly onError: (error: unknown) => void;
}

/** Paths of Unix domain sockets have at most 104 bytes on macOS, 108 on Linux: unix(7). */
const LONGEST_SOCKET_PATH = 100;

/** A socket at which runners of prompts reach this window: of this user alone, and for those who know the token in its notice. */
export class BridgeServer implements Disposable {
  private readonly options: Options;
  private readonly server: Server;
  private readonly connections = new Set<Socket>();
  private readonly name = `${process.pid}-${randomBytes(4).toString('hex')}`;
  private readonly token = randomBytes(32).toString('hex');
  private place = '';
  private own: string | undefined;
  private notice: string | undefined;

  private constructor(options: Options) {
    this.options = options;
    this.server = createServer((socket) => this.accept(socket));
    this.server.on('error', options.onError);
  }

  /** Resolves when it can be reached. */
  static async open(options: Options): Promise<BridgeServer> {
    const bridge = new BridgeServer(options);
    await bridge.listen();
    return bridge;
  }

  /** The folders of the window have changed. */
  setRoots(roots: readonly string[]): void {
    this.notice = writeNotice(this.options.home, { pid: process.pid, roots: [...roots], socket: this.place, token: this.token }, this.name);
  }

  dispose(): void {
    if (this.notice !== undefined) fs.rmSync(this.notice, { force: true });
    this.server.close();
    for (const socket of this.connections) socket.destroy();
    if (this.own !== undefined) fs.rmSync(this.own, { recursive: true, force: true });
  }

  private async listen(): Promise<void> {
    const folder = bridgeFolder(this.options.home);
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    clearNotices(this.options.home);
    this.place = this.socketPath(folder);
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.place, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    this.setRoots(this.options.roots);
  }

  private socketPath(folder: string): string {
    if (process.platform === 'win32') return `\\\\.\\pipe\\parallel-workflow-${this.name}`;
    const place = path.join(folder, `${this.name}.sock`);
    if (Buffer.byteLength(place) <= LONGEST_SOCKET_PATH) return place;
    this.own = fs.mkdtempSync(path.join(os.tmpdir(), 'parallel-workflow-'));
    return path.join(this.own, 'window.sock');
  }

  private accept(socket: Socket): void {
    this.connections.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.connections.delete(socket));
    new BridgeConnection(socket, this.options.service, (token) => isSame(token, this.token));
  }
}

/** Takes the same time whatever was guessed. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
