import { parseDuration } from '../../core/base/units.ts';
import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort, HoldRequest, HoldView } from '../../core/engine/engine-port.ts';
import type { HoldId } from '../../core/model/ids.ts';
import { describeObstacle } from '../../core/present/tasks/describe-obstacle.ts';
import { formatDuration } from '../../core/present/format/format-duration.ts';
import { command } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT, EXIT_BY_SIGNAL } from '../exit-code.ts';
import { filesAsClaims } from '../locks/files-as-claims.ts';
import { InterruptRelay } from '../locks/interrupt-relay.ts';
import { withoutOwn } from '../locks/own-files.ts';
import { commandName, runHolding } from '../locks/run-holding.ts';
import { waitForHold } from '../../core/engine/files/wait-for-hold.ts';
import { isoTime } from '../report/iso-time.ts';
import { printError } from '../report/print-error.ts';
import { withCaretaker } from '../session.ts';

/** Waits shorter than this are not worth a line. */
const WORTH_TELLING_MS = 300;
const USAGE = '`parallel-workflow lock FILE... -- COMMAND`';

export const lockCommand = command({
  usage: ['lock FILE... [OPTIONS] -- COMMAND [ARGUMENTS]', 'lock FILE... [OPTIONS] --hold'],
  about: [
    'Waits until all the files can be had, first come, first served with tasks and other locks, then runs the command with our',
    'input and output, without a shell. A folder stands for all below it; globs such as `data/**` are put in quotes. Files need',
    'not exist. What the task or lock around it holds already is not waited for.',
    'Exit code: that of the command, 128 plus the signal that ended it, 127 when there is no such program, 75 when the time is up,',
    '130 after Ctrl-C, 2 when the files cannot be asked for. With --hold there is no command: a line of JSON says when the files are had (and lines before, whom it',
    'waits for); they are given back when the input ends or a line comes.',
  ],
  options: {
    read: { type: 'boolean', help: 'share the files with others that only read them' },
    name: { type: 'string', value: 'TEXT', help: 'what others are shown; the command without' },
    timeout: { type: 'string', value: 'TIME', help: 'give up after so long: 90s, 5m, or seconds; 0 does not wait at all' },
    hold: { type: 'boolean', help: 'for programs: hold the files until the input ends' },
  },
  async run(context, { options, positionals, rest }) {
    const argv = argvOf(positionals, rest, options.hold);
    const patienceMs = parseTimeout(options.timeout);
    const wanted = filesAsClaims(positionals, options.read ? 'read' : 'write', context.cwd);
    return withCaretaker(context, async (engine) => {
      const claims = await withoutOwn(wanted, engine, context);
      const request: HoldRequest = { name: options.name ?? (argv === undefined ? 'parallel-workflow lock' : commandName(argv)), pid: process.pid, claims };
      const relay = new InterruptRelay(context);
      try {
        return argv === undefined ? await holdForProgram(request, patienceMs, engine, context, relay) : await lockAndRun(argv, request, patienceMs, engine, context, relay);
      } finally {
        relay.dispose();
      }
    });
  },
});

async function lockAndRun(argv: readonly string[], request: HoldRequest, patienceMs: number | undefined, engine: EnginePort, context: CommandContext, relay: InterruptRelay): Promise<number> {
  const { clock, output, quiet } = context;
  if (request.claims.length === 0) return runHolding(argv, undefined, engine, context, relay);
  let obstacle: HoldView['obstacle'];
  const silence = quiet ? undefined : clock.after(WORTH_TELLING_MS, () => output.writeError(obstacle === undefined ? '' : `${describeObstacle(obstacle, clock.now())}\n`));
  const wait = await waitForHold(engine, request, { clock, patienceMs, unwanted: relay.first, onWaiting: (now) => (obstacle = now) });
  silence?.();
  if (wait.state === 'gaveUp') return gaveUp(wait.obstacle, patienceMs!, context);
  const { received } = relay;
  if (wait.state === 'unwanted') return EXIT_BY_SIGNAL[received ?? 'SIGINT'];
  try {
    if (received !== undefined) return EXIT_BY_SIGNAL[received];
    const code = await runHolding(argv, wait.id, engine, context, relay);
    if (await isLost(wait.id, engine)) output.writeError(`${context.style('yellow', 'warning:')} ${LOST}\n`);
    return code;
  } finally {
    await engine.endHold(wait.id);
  }
}

async function holdForProgram(request: HoldRequest, patienceMs: number | undefined, engine: EnginePort, context: CommandContext, relay: InterruptRelay): Promise<number> {
  const say = (line: object): void => context.output.write(`${JSON.stringify(line)}\n`);
  const unwanted = Promise.race([context.nextInput(), relay.first]);
  const files = request.claims.map(({ path, glob, mode }) => ({ path, ...(glob !== undefined && { glob }), mode }));
  const held = (id: number | null): void => say({ state: 'held', id, files });
  const leaving = (): number => (relay.received === undefined ? EXIT.ok : EXIT_BY_SIGNAL[relay.received]);
  if (request.claims.length === 0) {
    held(null);
    await unwanted;
    return leaving();
  }
  const onWaiting = (obstacle: HoldView['obstacle']): void => say({ state: 'waiting', for: obstacle === undefined ? null : { ...obstacle, since: isoTime(obstacle.since) }, text: describeObstacle(obstacle, context.clock.now()) });
  const wait = await waitForHold(engine, request, { clock: context.clock, patienceMs, unwanted, onWaiting });
  if (wait.state === 'gaveUp') return gaveUp(wait.obstacle, patienceMs!, context);
  // Without a signal its program has gone, or changed its mind.
  if (wait.state === 'unwanted') return relay.received === undefined ? EXIT.failed : EXIT_BY_SIGNAL[relay.received];
  held(wait.id);
  await unwanted;
  if (await isLost(wait.id, engine)) {
    printError(context.output, LOST, EXIT.failed, context);
    return EXIT.failed;
  }
  await engine.endHold(wait.id);
  return leaving();
}

const LOST = 'A person took the lock away meanwhile: others may have used the files.';

async function isLost(id: HoldId, engine: EnginePort): Promise<boolean> {
  return (await engine.holdView(id)) === undefined;
}

function gaveUp(obstacle: HoldView['obstacle'], patienceMs: number, context: CommandContext): number {
  printError(context.output, `Gave up${patienceMs === 0 ? '' : ` after ${formatDuration(patienceMs)}`}: it ${describeObstacle(obstacle, context.clock.now())}.`, EXIT.gaveUp, context);
  return EXIT.gaveUp;
}

function argvOf(files: readonly string[], rest: readonly string[] | undefined, hold: boolean): readonly string[] | undefined {
  if (files.length === 0) throw new UserError(`Expected at least one file: ${USAGE}.`);
  if (hold) {
    if (rest !== undefined) throw new UserError('`--hold` runs no command: it holds the files until its input ends.');
    return undefined;
  }
  if (rest === undefined) throw new UserError(`Expected a command after \`--\`: ${USAGE}.`);
  if (rest.length === 0) throw new UserError(`Expected a command after \`--\`, got nothing: ${USAGE}.`);
  return rest;
}

function parseTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const parsed = parseDuration(text);
  if (!parsed.ok) throw new UserError(`\`--timeout\`: ${parsed.error}.`);
  return parsed.value;
}
