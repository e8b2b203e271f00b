/**
 * Share of the last ten seconds, 0..1, in which some process stood still for want of it: Linux' pressure stall information,
 * https://docs.kernel.org/accounting/psi.html.
 */
export interface Pressure {
  readonly cpu: number;
  readonly memory: number;
  readonly io: number;
}
