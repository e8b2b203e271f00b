import { messageOf, UserError } from '../../core/base/user-error.ts';
import type { RpcError } from './rpc-message.ts';

export function toRpcError(error: unknown): RpcError {
  return { forPeople: error instanceof UserError, message: messageOf(error), stack: error instanceof Error ? error.stack : undefined };
}

/** The error of the other side, of the same class; its stack shows where it came from. */
export function fromRpcError({ forPeople, message, stack }: RpcError): Error {
  const error = forPeople ? new UserError(message) : new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
