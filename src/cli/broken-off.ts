import { UserError } from '../core/base/user-error.ts';

/** What had begun could not be brought to its end: no refusal, since something may have been done. */
export class BrokenOff extends UserError {}
