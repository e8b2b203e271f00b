/** A step of a task's life that a test may wish to interrupt. */
export type Step = 'submit' | 'claim' | 'spawn' | 'spawned' | 'running' | 'ended' | 'recorded';

/** Called right after each step; does nothing outside tests. */
export type Checkpoint = (step: Step) => void;

export const noCheckpoint: Checkpoint = () => undefined;
