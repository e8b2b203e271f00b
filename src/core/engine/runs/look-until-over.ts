import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { messageOf } from '../../base/user-error.ts';
import type { RunInHand } from './run-in-hand.ts';

/** How often a run that is not our child is looked at. */
const LOOK_MS = 250;

interface LookPorts {
  readonly clock: Clock;
  readonly log: Log;
}

/** Looks at a run now and then, until a look says that it was the last. One that fails, such as when the system does not answer, is made up for by the next. */
export async function lookUntilOver(inHand: RunInHand, { clock, log }: LookPorts, look: () => Promise<boolean>, everyMs = LOOK_MS): Promise<void> {
  let isTold = false;
  while (!inHand.gone) {
    try {
      if (await look()) return;
    } catch (error) {
      if (!isTold) log.write('warn', `#${inHand.task.id} ${inHand.task.spec.name}: run ${inHand.run.id} cannot be looked at (${messageOf(error)}); trying again`);
      isTold = true;
    }
    await pause(inHand, clock, everyMs);
  }
}

/** Resolves after so many milliseconds, or when the run is gone. */
export function pause(inHand: RunInHand, clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      cancel();
      inHand.wakes.delete(over);
      resolve();
    };
    const cancel = clock.after(ms, over);
    inHand.wakes.add(over);
  });
}
