import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import net from 'node:net';
import { createInterface } from 'node:readline';
import { UserError } from '../core/base/user-error.ts';
import { addressesIn } from '../core/launch/window-addresses.ts';
import type { HostedMessage, HostedOrder, HostedRequest } from '../core/model/agents/hosted-request.ts';

/** A window that is reloaded is back in a few seconds. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 200;
const FAILED = 1;
/** As shells report a command that could not be started. */
const NOT_STARTED = 127;

interface World {
  readonly output: NodeJS.WritableStream;
  readonly errors: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  readonly patienceMs?: number;
}

/**
 * Has a window of the workspace carry out a task, of several the latest; resolves with the exit code. `windows` is the folder in which they say how to reach them.
 * @throws UserError when no window is there, or the window goes away meanwhile.
 */
export async function carryOut(request: HostedRequest, windows: string, world: World): Promise<number> {
  const { socket, secret } = await reach(request, windows, world);
  const stop = (): void => void socket.end();
  world.signal.addEventListener('abort', stop, { once: true });
  try {
    const order: HostedOrder = { secret, request };
    socket.write(`${JSON.stringify(order)}\n`);
    for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
      const message = JSON.parse(line) as HostedMessage;
      if (message.type === 'end') return message.code;
      if (message.type === 'command') return await run(message, request, world);
      (message.type === 'output' ? world.output : world.errors).write(message.text);
    }
  } finally {
    world.signal.removeEventListener('abort', stop);
    socket.destroy();
  }
  if (world.signal.aborted) return FAILED;
  throw new UserError(`The window that carried out “${request.name}” was closed or reloaded meanwhile;`, 'queue the task again.');
}

async function reach(request: HostedRequest, windows: string, { signal, patienceMs = PATIENCE_MS }: World): Promise<{ readonly socket: net.Socket; readonly secret: string }> {
  for (let waited = 0; !signal.aborted && waited <= patienceMs; waited += LOOK_MS) {
    for (const { address, secret } of addressesIn(windows)) {
      const socket = await connected(address);
      if (socket !== undefined) return { socket, secret };
    }
    await pause(LOOK_MS);
  }
  throw new UserError(`No window of ${request.workspace} is open that could run \`${request.runner}\`;`, 'open the folder in VS Code with the extension that brings this runner, and queue the task again.');
}

function connected(address: string): Promise<net.Socket | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    socket.once('connect', () => resolve(socket));
    socket.on('error', () => resolve(undefined));
  });
}

/** From here on the window is not needed. The child is of our process group, which is what the engine ends. */
function run({ argv, cwd, env }: Extract<HostedMessage, { type: 'command' }>, request: HostedRequest, { errors }: World): Promise<number> {
  const [program = '', ...rest] = argv;
  const inherited = { ...process.env };
  // What made a Node of the program that is VS Code, for us alone.
  delete inherited.ELECTRON_RUN_AS_NODE;
  return new Promise((resolve) => {
    const child = spawn(program, rest, { cwd: cwd ?? request.cwd, env: { ...inherited, ...env }, stdio: 'inherit' });
    child.once('error', (error) => {
      errors.write(`The runner \`${request.runner}\` asked for \`${program}\`, which could not be started: ${error.message}\n`);
      resolve(NOT_STARTED);
    });
    child.once('exit', (code) => resolve(code ?? FAILED));
  });
}
