/** Milliseconds since some moment, which no one who sets the clock can move. */
export type Monotonic = () => number;

export const systemMonotonic: Monotonic = () => performance.now();
