import { UserError } from '../core/base/user-error.ts';

/** The command line itself is wrong, before anything was done. */
export class UsageError extends UserError {}
