import { UserError } from '../core/base/user-error.ts';

/** A way out that one click takes. */
export interface Action {
  readonly title: string;
  readonly run: () => unknown;
}

/** A `UserError` whose message comes with buttons. */
export class HostError extends UserError {
  readonly actions: readonly Action[];

  constructor(message: string, actions: readonly Action[] = []) {
    super(message);
    this.actions = actions;
  }
}
