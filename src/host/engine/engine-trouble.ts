import { UserError } from '../../core/base/user-error.ts';

/** An error of which the engine's log says more: whoever shows it leads there. */
export class EngineTrouble extends UserError {}
