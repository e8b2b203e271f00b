import type { ControlReply, ControlRequest } from './messages.ts';

/** Answers a request of the program; `undefined` when it is none that we know. */
export type AnswerRequest = (request: NonNullable<ControlRequest['request']>, cancelled: AbortSignal) => Promise<Readonly<Record<string, unknown>> | undefined>;

/** The control protocol: requests and replies in both directions between Claude Code and whoever started it. */
export class ControlChannel {
  private readonly write: (message: object) => void;
  private readonly answer: AnswerRequest;
  private readonly waiting = new Map<string, (reply: ControlReply) => void>();
  private readonly answering = new Map<string, AbortController>();
  private lastRequest = 0;

  constructor(write: (message: object) => void, answer: AnswerRequest) {
    this.write = write;
    this.answer = answer;
  }

  /** Asks the program for something. Resolves with its reply; never when it ends before. */
  request(subtype: string, fields: object = {}): Promise<ControlReply> {
    const id = `ours-${++this.lastRequest}`;
    const reply = new Promise<ControlReply>((resolve) => this.waiting.set(id, resolve));
    this.write({ type: 'control_request', request_id: id, request: { subtype, ...fields } });
    return reply;
  }

  replied(reply: ControlReply | undefined): void {
    const resolve = this.waiting.get(reply?.request_id ?? '');
    if (reply === undefined || resolve === undefined) return;
    this.waiting.delete(reply.request_id!);
    resolve(reply);
  }

  async requested({ request_id: id, request = {} }: ControlRequest): Promise<void> {
    const cancel = new AbortController();
    this.answering.set(id, cancel);
    const response = await this.answer(request, cancel.signal);
    this.answering.delete(id);
    // Nobody waits for the answer of what was cancelled, and it does no harm.
    this.write({
      type: 'control_response',
      response: response === undefined ? { subtype: 'error', request_id: id, error: `Parallel Workflow does not answer \`${request.subtype ?? 'this'}\`` } : { subtype: 'success', request_id: id, response },
    });
  }

  cancelled(id: string | undefined): void {
    this.answering.get(id ?? '')?.abort();
  }
}
