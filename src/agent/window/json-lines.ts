import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';

/** A whole conversation with the files in it fits; who sends more has lost his way. */
const LONGEST = 64 * 1024 * 1024;

/** Messages over a socket, a JSON text a line. */
export class JsonLines {
  private readonly socket: Socket;
  private readonly decoder = new StringDecoder('utf8');
  private rest: string[] = [];
  private length = 0;

  /** @param onMessage gets each message; what it throws, as what is no JSON, ends the connection. */
  constructor(socket: Socket, onMessage: (message: unknown) => void) {
    this.socket = socket;
    socket.on('data', (chunk) => {
      try {
        for (const line of this.linesOf(this.decoder.write(chunk))) onMessage(JSON.parse(line));
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  send(message: unknown): void {
    if (!this.socket.destroyed) this.socket.write(`${JSON.stringify(message)}\n`);
  }

  private *linesOf(text: string): Generator<string> {
    let at = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      const line = this.rest.join('') + text.slice(at, end);
      this.rest = [];
      this.length = 0;
      at = end + 1;
      yield line;
    }
    if (at >= text.length) return;
    this.rest.push(text.slice(at));
    this.length += text.length - at;
    if (this.length > LONGEST) throw new Error(`Expected messages of at most ${LONGEST} characters`);
  }
}
