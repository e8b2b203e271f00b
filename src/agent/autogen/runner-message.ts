import * as z from 'zod/mini';

const count = z.number();

/** Evidence as `service_errors.py` and `turn.py` tell it. */
const evidence = z.discriminatedUnion('type', [
  z.object({ type: z.literal('completed') }),
  z.object({ type: z.literal('notInstalled'), program: z.string() }),
  z.object({ type: z.literal('notLoggedIn') }),
  z.pipe(z.object({ type: z.literal('rateLimited'), until: z.nullable(z.number()) }), z.transform(({ type, until }) => ({ type, until: until ?? undefined }))),
  z.object({ type: z.literal('overloaded'), status: z.number() }),
  z.object({ type: z.literal('unreachable') }),
  z.object({ type: z.literal('refused'), why: z.string() }),
  z.object({ type: z.literal('budget'), limit: z.literal('turns') }),
  z.object({ type: z.literal('crashed'), message: z.string() }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), flavour: z.string(), version: z.string(), model: z.string() }),
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('tool_call'), id: z.string(), name: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('turn'), turns: count, input_tokens: count, output_tokens: count }),
  z.object({ type: z.literal('session') }),
  z.object({ type: z.literal('event'), event: z.unknown() }),
  z.object({ type: z.literal('end'), evidence, answer: z.optional(z.string()) }),
]);

/** What the Python side tells; see `python/agent_runner/__main__.py`. */
export type RunnerMessage = z.infer<typeof message>;

/** @throws when the line is none of them. */
export function readRunnerMessage(line: string): RunnerMessage {
  return z.parse(message, JSON.parse(line));
}

/** What it is told. */
export type RunnerOrder =
  | {
      readonly type: 'start';
      readonly prompt: string;
      readonly system: string;
      readonly model: string;
      readonly base_url?: string;
      /** Name of the environment variable that holds the key; the key itself is never passed on. */
      readonly key_variable: string;
      readonly tools: readonly unknown[];
      readonly max_turns: number;
      readonly state_file: string;
      readonly earlier_state?: string;
    }
  | { readonly type: 'tool_result'; readonly id: string; readonly text: string; readonly is_error: boolean }
  | { readonly type: 'cancel' };
