/** A program to be asked something. Never a shell. */
export interface ProgramCall {
  /** Absolute. */
  readonly file: string;
  readonly args: readonly string[];
  /** All of its environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly limitMs: number;
  /** Ends it before its time. */
  readonly signal: AbortSignal;
}

export type ProgramAnswer =
  /** `code` is undefined when a signal ended it. */
  | { readonly type: 'ended'; readonly code: number | undefined; readonly output: string }
  | { readonly type: 'tooLong' }
  | { readonly type: 'notStarted'; readonly why: string };

/** Never rejects; resolves within the call's limit, with the standard output as far as a quarter of a megabyte. */
export type RunProgram = (call: ProgramCall) => Promise<ProgramAnswer>;

const MOST_OUTPUT = 2 ** 18;

/** Ends what takes too long with its children: a script's own child may be what hangs, and keeps its output open. */
export const runProgram: RunProgram = async ({ file, args, env, cwd, limitMs, signal }) => {
  // Loaded on use: most engines never need it.
  const { execa } = await import('execa');
  if (signal.aborted) return { type: 'tooLong' };
  const isGroup = process.platform !== 'win32';
  const child = execa(file, [...args], {
    env: { ...env }, extendEnv: false, cwd, stdin: 'ignore', stderr: 'ignore', maxBuffer: MOST_OUTPUT, reject: false, windowsHide: true, detached: isGroup, forceKillAfterDelay: false,
  });
  const end = (): void => killTree(child.pid, isGroup, () => child.kill('SIGKILL'));
  let stop: () => void = () => undefined;
  const tooLong = new Promise<ProgramAnswer>((resolve) => {
    stop = () => {
      end();
      resolve({ type: 'tooLong' });
    };
  });
  const timer = setTimeout(stop, limitMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([tooLong, child.then(answerOf)]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    // One that wrote too much was told to end; its children were not.
    end();
  }
};

interface Ending {
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly isMaxBuffer: boolean;
  readonly stdout?: string | undefined;
  readonly shortMessage?: string | undefined;
}

function answerOf(result: Ending): ProgramAnswer {
  const { exitCode, stdout = '', isMaxBuffer } = result;
  if (exitCode === undefined && result.signal === undefined && !isMaxBuffer) return { type: 'notStarted', why: result.shortMessage ?? 'it could not be started' };
  return { type: 'ended', code: exitCode, output: stdout };
}

function killTree(pid: number | undefined, isGroup: boolean, kill: () => void): void {
  if (pid === undefined) return;
  try {
    if (isGroup) process.kill(-pid, 'SIGKILL');
    else kill();
  } catch {
    // All of them have ended.
  }
}
