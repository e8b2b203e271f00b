/**
 * An error whose message is written for a person: it names the thing that is wrong and the way out.
 * Everything else that is thrown is a bug and is reported as one.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly wayOut: string | undefined;

  constructor(message: string, wayOut?: string) {
    super(wayOut === undefined ? message : `${message} ${wayOut}`);
    this.wayOut = wayOut;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
