/** `count` times the same program, two at a time. */
export interface Workload {
  readonly argv: readonly string[];
  readonly count: number;
}

export interface Timing {
  readonly wallMs: number;
  /** CPU time of the contestant and its jobs together, where it can be told. */
  readonly cpuMs: number | undefined;
}

/** Something that runs a workload. */
export interface Contestant {
  readonly name: string;
  /** Jobs that it can be asked for in reasonable time; as many as there are by default. */
  readonly most?: number;
  run(workload: Workload, scratch: string): Promise<Timing>;
}
