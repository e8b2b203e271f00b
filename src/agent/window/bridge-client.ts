import { connect, type Socket } from 'node:net';
import type { Replaced } from '../tools/text-files.ts';
import { readResponse, type BridgeRequest, type BridgeResponse, type ChatEnd, type ChatPart, type ReplyValue } from './bridge-message.ts';
import type { BridgeNotice } from './bridge-notice.ts';
import { JsonLines } from './json-lines.ts';
import { ModelFailure } from './model-failure.ts';
import type { ChatQuestion } from './window-service.ts';

/** The window went away, or did not let us in; another one may be there soon. */
export class WindowLost extends Error {}

interface Pending {
  readonly onPart: (part: ChatPart) => void;
  readonly resolve: (value: ReplyValue) => void;
  readonly reject: (error: Error) => void;
}

type Numbered<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;

/** A window answers its greeting at once, or never. */
const WELCOME_MS = 10_000;

/** A connection to a window of VS Code. Once lost, it is of no more use. */
export class BridgeClient {
  private readonly socket: Socket;
  private readonly lines: JsonLines;
  private readonly pending = new Map<number, Pending>();
  private welcome: (() => void) | undefined;
  private lastId = 0;
  private lost: WindowLost | undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.lines = new JsonLines(socket, (message) => this.receive(readResponse(message)));
    socket.on('error', () => undefined);
    socket.on('close', () => this.lose(new WindowLost('The connection to the window was closed')));
  }

  /** Rejects with `WindowLost` when nobody lets us in. */
  static async open({ socket: place, token }: BridgeNotice): Promise<BridgeClient> {
    const client = new BridgeClient(connect(place));
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => client.socket.destroy(), WELCOME_MS);
      client.welcome = () => {
        clearTimeout(late);
        resolve();
      };
      client.socket.on('close', () => {
        clearTimeout(late);
        reject(new WindowLost('The window does not answer'));
      });
      client.lines.send({ type: 'hello', token } satisfies BridgeRequest);
    });
    return client;
  }

  get isLost(): boolean {
    return this.lost !== undefined;
  }

  /** Rejects with `ModelFailure` or `WindowLost`. An answer that nobody wants any more is `WindowLost`, too. */
  async chat({ model, messages, tools }: ChatQuestion, onPart: (part: ChatPart) => void, signal: AbortSignal): Promise<ChatEnd> {
    const id = this.lastId + 1;
    const cancel = (): void => {
      this.lines.send({ type: 'cancel', id } satisfies BridgeRequest);
      this.take(id)?.reject(new WindowLost('Nobody wants the answer any more'));
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const value = await this.request({ type: 'chat', model, messages: [...messages], tools: [...tools] }, onPart);
      if (value.type !== 'chat') throw new Error(`Expected the end of an answer, got ${value.type}`);
      return value;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  async unsaved(file: string): Promise<string | undefined> {
    const value = await this.request({ type: 'unsaved', file });
    return value.type === 'unsaved' ? value.text : undefined;
  }

  async replace(file: string, before: string | undefined, after: string): Promise<Replaced> {
    const value = await this.request({ type: 'replace', file, before: before ?? null, after });
    if (value.type !== 'replaced') throw new Error(`Expected what became of an edit, got ${value.type}`);
    return { type: value.how };
  }

  close(): void {
    this.socket.destroy();
  }

  private request(request: Numbered<BridgeRequest>, onPart: (part: ChatPart) => void = () => undefined): Promise<ReplyValue> {
    if (this.lost !== undefined) return Promise.reject(this.lost);
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { onPart, resolve, reject });
      this.lines.send({ ...request, id });
    });
  }

  private receive(response: BridgeResponse): void {
    switch (response.type) {
      case 'welcome':
        this.welcome?.();
        return;
      case 'part':
        this.pending.get(response.id)?.onPart(response.part);
        return;
      case 'reply':
        this.take(response.id)?.resolve(response.value);
        return;
      case 'failure':
        this.take(response.id)?.reject(new ModelFailure(response.failure));
        return;
    }
  }

  private take(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }

  private lose(error: WindowLost): void {
    this.lost = error;
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
  }
}
