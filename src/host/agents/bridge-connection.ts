import type { Socket } from 'node:net';
import { readRequest, type BridgeRequest, type BridgeResponse, type ReplyValue } from '../../agent/window/bridge-message.ts';
import { JsonLines } from '../../agent/window/json-lines.ts';
import { ModelFailure } from '../../agent/window/model-failure.ts';
import type { WindowService } from '../../agent/window/window-service.ts';
import { messageOf } from '../../core/base/user-error.ts';

/** Who says nothing for so long, or something else than the token, is sent away. */
const GREETING_MS = 10_000;

type Request = Exclude<BridgeRequest, { type: 'hello' | 'cancel' }>;

/** One runner of a prompt at the window's socket. When it goes, what it asked for is broken off. */
export class BridgeConnection {
  private readonly service: WindowService;
  private readonly isToken: (token: string) => boolean;
  private readonly lines: JsonLines;
  private readonly running = new Map<number, AbortController>();
  private readonly late: NodeJS.Timeout;
  private isIn = false;

  constructor(socket: Socket, service: WindowService, isToken: (token: string) => boolean) {
    this.service = service;
    this.isToken = isToken;
    this.late = setTimeout(() => socket.destroy(), GREETING_MS);
    this.lines = new JsonLines(socket, (message) => this.receive(readRequest(message)));
    socket.on('close', () => {
      clearTimeout(this.late);
      for (const ending of this.running.values()) ending.abort();
    });
  }

  private receive(request: BridgeRequest): void {
    if (!this.isIn) {
      if (request.type !== 'hello' || !this.isToken(request.token)) throw new Error('Expected the token of this window');
      this.isIn = true;
      clearTimeout(this.late);
      this.send({ type: 'welcome' });
    } else if (request.type === 'cancel') this.running.get(request.id)?.abort();
    else if (request.type !== 'hello') void this.answer(request);
  }

  /** Every request gets one answer, whatever happens. */
  private async answer(request: Request): Promise<void> {
    const { id } = request;
    const ending = new AbortController();
    this.running.set(id, ending);
    try {
      this.send({ type: 'reply', id, value: await this.carryOut(request, ending.signal) });
    } catch (error) {
      this.send({ type: 'failure', id, failure: error instanceof ModelFailure ? error.failure : { type: 'failed', message: messageOf(error) } });
    } finally {
      this.running.delete(id);
    }
  }

  private async carryOut(request: Request, signal: AbortSignal): Promise<ReplyValue> {
    const { service } = this;
    switch (request.type) {
      case 'chat':
        return service.chat({ ...request, model: request.model }, (part) => this.send({ type: 'part', id: request.id, part }), signal);
      case 'unsaved':
        return { type: 'unsaved', text: await service.unsaved(request.file) };
      case 'replace':
        return { type: 'replaced', how: (await service.replace(request.file, request.before ?? undefined, request.after)).type };
    }
  }

  private send(response: BridgeResponse): void {
    this.lines.send(response);
  }
}
