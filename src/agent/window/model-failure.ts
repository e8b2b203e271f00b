import type { ChatFailure } from './bridge-message.ts';

/** A model did not answer, or a window did not do what it was asked for. */
export class ModelFailure extends Error {
  readonly failure: ChatFailure;

  constructor(failure: ChatFailure) {
    super('message' in failure ? failure.message : failure.type);
    this.failure = failure;
  }
}
