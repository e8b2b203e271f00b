import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What the model does next. Several tool calls of one answer are made side by side where the program does so. */
export type ModelTurn =
  | { readonly type: 'say'; readonly text: string; readonly tools?: readonly ToolCall[]; readonly afterMs?: number; readonly stopReason?: string }
  | { readonly type: 'fail'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly error?: string }
  /** Never answers. */
  | { readonly type: 'hang' };

export interface ToolCall {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A request for the model's next turn, in short. */
export interface ModelRequest {
  readonly model: string;
  /** The program's own name for the conversation. */
  readonly session: string;
  /** What a person asked, as plain text; the latest last. */
  readonly prompts: readonly string[];
  /** Results of tools so far, in order. */
  readonly results: readonly { readonly text: string; readonly isError: boolean }[];
  readonly tools: readonly string[];
  readonly headers: IncomingHttpHeaders;
}

export type Script = (request: ModelRequest, count: number) => ModelTurn | Promise<ModelTurn>;

/** A service on loopback that speaks the Messages API as far as coding agents use it, with a script for a model. */
export class AnthropicStandIn {
  readonly requests: ModelRequest[] = [];
  /** Requests for anything but a turn of the model. */
  readonly others: string[] = [];
  script: Script;
  private readonly server: Server;

  private constructor(script: Script) {
    this.script = script;
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.method !== 'POST' || request.url?.startsWith('/v1/messages') !== true || request.url.includes('count_tokens')) {
          this.others.push(`${request.method} ${request.url}`);
          response.writeHead(request.url?.includes('count_tokens') === true ? 200 : 404, { 'content-type': 'application/json' }).end('{"input_tokens":10}');
          return;
        }
        void this.answer(readRequest(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Body, request.headers), response);
      });
    });
  }

  static async open(t: { after(clean: () => Promise<void>): void }, script: Script): Promise<AnthropicStandIn> {
    const standIn = new AnthropicStandIn(script);
    await new Promise<void>((resolve) => standIn.server.listen(0, '127.0.0.1', resolve));
    t.after(() => standIn.close());
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: ModelRequest, response: ServerResponse): Promise<void> {
    this.requests.push(request);
    const turn = await this.script(request, this.requests.length);
    if (turn.type === 'hang') return;
    if (turn.type === 'fail') {
      const type = turn.error ?? 'api_error';
      response.writeHead(turn.status, { 'content-type': 'application/json', ...turn.headers }).end(JSON.stringify({ type: 'error', error: { type, message: `stand-in: ${type}` } }));
      return;
    }
    if (turn.afterMs !== undefined) await delay(turn.afterMs);
    if (response.destroyed) return;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of eventsOf(turn, request.model)) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    response.end();
  }
}

interface Body {
  readonly model: string;
  readonly tools?: readonly { readonly name: string }[];
  readonly messages: readonly { readonly role: string; readonly content: string | readonly Block[] }[];
}

interface Block {
  readonly type: string;
  readonly text?: string;
  readonly is_error?: boolean;
  readonly content?: string | readonly { readonly text?: string }[];
}

function readRequest(body: Body, headers: IncomingHttpHeaders): ModelRequest {
  const blocks = body.messages.filter(({ role }) => role === 'user').flatMap(({ content }) => (typeof content === 'string' ? [{ type: 'text', text: content } satisfies Block] : content));
  return {
    model: body.model,
    session: String(headers['x-claude-code-session-id'] ?? ''),
    prompts: blocks.flatMap(({ type, text }) => (type === 'text' && text !== undefined && !text.startsWith('<system-reminder>') ? [text] : [])),
    results: blocks.filter(({ type }) => type === 'tool_result').map(({ content, is_error }) => ({ text: textOf(content), isError: is_error === true })),
    tools: (body.tools ?? []).map(({ name }) => name),
    headers,
  };
}

function textOf(content: Block['content']): string {
  return typeof content === 'string' ? content : (content ?? []).map(({ text }) => text ?? '').join('');
}

let lastId = 0;

/** The events of a streamed answer: docs.claude.com, “Streaming Messages”. */
function eventsOf({ text, tools = [], stopReason }: Extract<ModelTurn, { type: 'say' }>, model: string): readonly { readonly type: string }[] {
  const events: ({ type: string } & Record<string, unknown>)[] = [];
  const usage = { input_tokens: 100, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  events.push({ type: 'message_start', message: { id: `msg_standin${++lastId}`, type: 'message', role: 'assistant', model, content: [], stop_reason: null, stop_sequence: null, usage } });
  let index = 0;
  if (text !== '') {
    events.push({ type: 'content_block_start', index, content_block: { type: 'text', text: '' } });
    events.push({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } });
    events.push({ type: 'content_block_stop', index: index++ });
  }
  for (const { name, input } of tools) {
    events.push({ type: 'content_block_start', index, content_block: { type: 'tool_use', id: `toolu_standin${++lastId}`, name, input: {} } });
    events.push({ type: 'content_block_delta', index, delta: { type: 'input_json_delta', partial_json: JSON.stringify(input) } });
    events.push({ type: 'content_block_stop', index: index++ });
  }
  events.push({ type: 'message_delta', delta: { stop_reason: stopReason ?? (tools.length > 0 ? 'tool_use' : 'end_turn'), stop_sequence: null }, usage: { ...usage, output_tokens: 20 } });
  events.push({ type: 'message_stop' });
  return events;
}
