import * as z from 'zod/mini';

/**
 * What the runner of a prompt and a window of VS Code say to each other, a JSON text a line. The runner says `hello` with the
 * window's token first; every request after it has a number and gets one `reply` or `failure`, `chat` its `part`s before that.
 */

const id = z.number();
const text = z.object({ type: z.literal('text'), text: z.string() });
const toolCall = z.object({ type: z.literal('toolCall'), call: z.string(), name: z.string(), input: z.unknown() });
const toolResult = z.object({ type: z.literal('toolResult'), call: z.string(), text: z.string() });

/** What a tool said to a call. */
export type ToolResultPart = z.infer<typeof toolResult>;

const chatMessage = z.discriminatedUnion('role', [
  z.object({ role: z.literal('user'), parts: z.array(z.discriminatedUnion('type', [text, toolResult])) }),
  z.object({ role: z.literal('assistant'), parts: z.array(z.discriminatedUnion('type', [text, toolCall])) }),
]);

/** One side of a conversation with a model, as it is kept between runs, too. */
export type ChatMessage = z.infer<typeof chatMessage>;
export const chatMessages = z.array(chatMessage);

const tool = z.object({ name: z.string(), description: z.string(), parameters: z.record(z.string(), z.unknown()) });

const request = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), token: z.string() }),
  /** @property model its id or family; the first one when undefined. */
  z.object({ type: z.literal('chat'), id, model: z.optional(z.string()), messages: chatMessages, tools: z.array(tool) }),
  z.object({ type: z.literal('cancel'), id }),
  /** What an editor holds of a file that has unsaved changes. */
  z.object({ type: z.literal('unsaved'), id, file: z.string() }),
  /** Puts a text in the place of another through the file's editor. */
  z.object({ type: z.literal('replace'), id, file: z.string(), before: z.nullable(z.string()), after: z.string() }),
]);

export type BridgeRequest = z.infer<typeof request>;

const chatPart = z.discriminatedUnion('type', [text, toolCall]);

/** What a model says, as it comes. */
export type ChatPart = z.infer<typeof chatPart>;

const chatEnd = z.object({ type: z.literal('chat'), model: z.string(), inputTokens: z.number(), outputTokens: z.number(), maxInputTokens: z.number() });

/** A model's answer is complete. Tokens are counted by the model; 0 where it does not count. */
export type ChatEnd = z.infer<typeof chatEnd>;

const value = z.discriminatedUnion('type', [
  chatEnd,
  z.object({ type: z.literal('unsaved'), text: z.optional(z.string()) }),
  z.object({ type: z.literal('replaced'), how: z.enum(['done', 'changed', 'unsaved']) }),
]);

export type ReplyValue = z.infer<typeof value>;

/** How a model failed; see `AgentEvidence`. */
const failure = z.discriminatedUnion('type', [
  z.pipe(z.object({ type: z.literal('rateLimited') }), z.transform(({ type }) => ({ type, until: undefined }))),
  z.object({ type: z.literal('notInstalled'), program: z.string() }),
  z.object({ type: z.literal('refused'), why: z.string() }),
  z.object({ type: z.literal('unreachable') }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);

export type ChatFailure = z.infer<typeof failure>;

const response = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome') }),
  z.object({ type: z.literal('part'), id, part: chatPart }),
  z.object({ type: z.literal('reply'), id, value }),
  z.object({ type: z.literal('failure'), id, failure }),
]);

export type BridgeResponse = z.infer<typeof response>;

/** @throws when it is no request. */
export const readRequest = (message: unknown): BridgeRequest => z.parse(request, message);
/** @throws when it is no response. */
export const readResponse = (message: unknown): BridgeResponse => z.parse(response, message);
