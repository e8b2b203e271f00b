/** What the fake Claude Code does, after it was given its prompt. */
export interface ClaudeScenario {
  /** One list for each time it is started; the last one again when it is started more often. */
  readonly runs: readonly (readonly FakeStep[])[];
  /** Other fields of its answer to `initialize`; `null` for no answer at all. */
  readonly initialize?: Readonly<Record<string, unknown>> | null;
  /** Does not wait for its prompt. */
  readonly isEarly?: boolean;
  readonly ignores?: readonly ('interrupt' | 'SIGTERM')[];
}

export type FakeStep =
  | { readonly do: 'init'; readonly model?: string }
  | { readonly do: 'say'; readonly text: string; readonly error?: string }
  | {
      readonly do: 'tool';
      readonly name: string;
      readonly input: Readonly<Record<string, unknown>>;
      /** Files that it writes when it may, by path. */
      readonly writes?: Readonly<Record<string, string>>;
      readonly result?: string;
      readonly fails?: boolean;
      /** Asks for a person's consent after its hook. */
      readonly asks?: boolean;
      /** Makes the call without calling its hooks. */
      readonly isUnhooked?: boolean;
      readonly hookTimeoutMs?: number;
    }
  | { readonly do: 'emit'; readonly message: Readonly<Record<string, unknown>> }
  /** Bytes as they are, each part by itself. */
  | { readonly do: 'raw'; readonly parts: readonly string[]; readonly encoding?: 'utf8' | 'latin1' }
  | { readonly do: 'huge'; readonly length: number }
  /** Any other request to whoever started it. */
  | { readonly do: 'ask'; readonly request: Readonly<Record<string, unknown>> }
  | { readonly do: 'complain'; readonly text: string }
  /** Starts a process that goes on for long, in a session of its own. */
  | { readonly do: 'child'; readonly pidFile: string }
  /** Its children are not ended with it. */
  | { readonly do: 'forget' }
  | { readonly do: 'wait'; readonly file: string }
  | { readonly do: 'hang' }
  | { readonly do: 'die'; readonly signal: 'SIGKILL' | 'SIGTERM' | 'SIGHUP' }
  | { readonly do: 'exit'; readonly code: number }
  | { readonly do: 'result'; readonly fields?: Readonly<Record<string, unknown>> };
