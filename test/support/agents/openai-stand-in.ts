import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ModelTurn } from './anthropic-stand-in.ts';

/** A request for the model's next turn, in short. */
export interface CompletionRequest {
  readonly model: string;
  readonly system: string;
  /** What a person asked; the latest last. */
  readonly prompts: readonly string[];
  /** Results of tools so far, in order. */
  readonly results: readonly string[];
  readonly tools: readonly string[];
  readonly headers: IncomingHttpHeaders;
}

export type CompletionScript = (request: CompletionRequest, count: number) => ModelTurn | Promise<ModelTurn>;

/** Tokens that each answer is said to have taken. */
export const TOKENS = { input: 100, output: 20 } as const;

/** A service on loopback that speaks OpenAI's chat completions, with a script for a model. */
export class OpenAIStandIn {
  readonly requests: CompletionRequest[] = [];
  private readonly script: CompletionScript;
  private readonly server: Server;

  private constructor(script: CompletionScript) {
    this.script = script;
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.method !== 'POST' || request.url !== '/v1/chat/completions') response.writeHead(404).end();
        else void this.answer(readRequest(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Body, request.headers), response);
      });
    });
  }

  static async open(t: { after(clean: () => Promise<void>): void }, script: CompletionScript): Promise<OpenAIStandIn> {
    const standIn = new OpenAIStandIn(script);
    await new Promise<void>((resolve) => standIn.server.listen(0, '127.0.0.1', resolve));
    t.after(() => standIn.close());
    return standIn;
  }

  /** The base URL as clients want it. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: CompletionRequest, response: ServerResponse): Promise<void> {
    this.requests.push(request);
    const turn = await this.script(request, this.requests.length);
    if (turn.type === 'hang') return;
    if (turn.type === 'fail') {
      response.writeHead(turn.status, { 'content-type': 'application/json', ...turn.headers }).end(JSON.stringify({ error: { message: 'stand-in', type: 'error', param: null, code: turn.error ?? null } }));
      return;
    }
    if (turn.afterMs !== undefined) await delay(turn.afterMs);
    if (response.destroyed) return;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const chunk of chunksOf(turn, request.model)) response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    response.end('data: [DONE]\n\n');
  }
}

interface Body {
  readonly model: string;
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly messages: readonly { readonly role: string; readonly content: string | null }[];
}

function readRequest({ model, tools = [], messages }: Body, headers: IncomingHttpHeaders): CompletionRequest {
  const said = (who: string): readonly string[] => messages.filter(({ role }) => role === who).map(({ content }) => content ?? '');
  return { model, system: said('system').join('\n'), prompts: said('user'), results: said('tool'), tools: tools.map((tool) => tool.function.name), headers };
}

let lastId = 0;

/** The chunks of a streamed answer: platform.openai.com, “The chat completion chunk object”. */
function chunksOf({ text, tools = [], stopReason }: Extract<ModelTurn, { type: 'say' }>, model: string): readonly object[] {
  const id = `chatcmpl-standin${++lastId}`;
  const chunk = (delta: object, finish: string | null = null): object => ({ id, object: 'chat.completion.chunk', created: 0, model, choices: [{ index: 0, delta, finish_reason: finish }] });
  const half = Math.ceil(text.length / 2);
  return [
    chunk({ role: 'assistant', content: '' }),
    ...[text.slice(0, half), text.slice(half)].filter((part) => part !== '').map((content) => chunk({ content })),
    ...tools.flatMap(({ name, input }, index) => [
      chunk({ tool_calls: [{ index, id: `call_standin${++lastId}`, type: 'function', function: { name, arguments: '' } }] }),
      chunk({ tool_calls: [{ index, function: { arguments: JSON.stringify(input) } }] }),
    ]),
    chunk({}, stopReason ?? (tools.length > 0 ? 'tool_calls' : 'stop')),
    { id, object: 'chat.completion.chunk', created: 0, model, choices: [], usage: { prompt_tokens: TOKENS.input, completion_tokens: TOKENS.output, total_tokens: TOKENS.input + TOKENS.output } },
  ];
}
