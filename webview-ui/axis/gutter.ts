/** Pixels left and right of the time axis, the same in every plot and in the timeline, so that times stand below each other. */
export const GUTTER = { left: 60, right: 36 } as const;
