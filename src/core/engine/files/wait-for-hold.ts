import type { Clock } from '../../base/clock.ts';
import { WakeUp } from '../../base/wake-up.ts';
import type { HoldId } from '../../model/ids.ts';
import type { EnginePort, HoldRequest, HoldView } from '../engine-port.ts';

export interface HoldWaitOptions {
  readonly clock: Clock;
  /** Milliseconds after which to give up; never without. With 0 the hold is had at once or not at all. */
  readonly patienceMs: number | undefined;
  /** Resolves when nobody wants the files any more. */
  readonly unwanted: Promise<void>;
  /** Called at the beginning, and whenever it waits for something else. */
  readonly onWaiting: (obstacle: HoldView['obstacle']) => void;
  /** Whether waiting for this is in vain, so that it gives up at once. */
  readonly isHopeless?: (obstacle: HoldView['obstacle']) => Promise<boolean>;
}

/** How the waiting ended; a hold that was not had has left the line. */
export type HoldWait =
  | { readonly state: 'held'; readonly id: HoldId }
  | { readonly state: 'gaveUp'; readonly obstacle: HoldView['obstacle'] }
  | { readonly state: 'unwanted' };

/** Asks for files and waits until all of them are had. */
export async function waitForHold(engine: EnginePort, request: HoldRequest, { clock, patienceMs, unwanted, onWaiting, isHopeless }: HoldWaitOptions): Promise<HoldWait> {
  const wakeUp = new WakeUp();
  const end: { why?: 'gaveUp' | 'unwanted' } = {};
  const leave = (why: 'gaveUp' | 'unwanted'): void => {
    end.why ??= why;
    wakeUp.rouse();
  };
  void unwanted.then(() => leave('unwanted'));
  const stopTimer = patienceMs === undefined || patienceMs === 0 ? (): void => undefined : clock.after(patienceMs, () => leave('gaveUp'));
  const listening = engine.onDidChange(() => wakeUp.rouse());
  try {
    let view = await engine.requestHold(request);
    let told: string | undefined;
    for (;;) {
      if (view.state === 'held') return { state: 'held', id: view.id };
      if (patienceMs === 0) leave('gaveUp');
      if (end.why !== undefined) {
        await engine.endHold(view.id);
        return end.why === 'gaveUp' ? { state: 'gaveUp', obstacle: view.obstacle } : { state: 'unwanted' };
      }
      const now = obstacleId(view.obstacle);
      if (now !== told) {
        onWaiting(view.obstacle);
        if ((await isHopeless?.(view.obstacle)) === true) leave('gaveUp');
      }
      told = now;
      await wakeUp.next();
      // Its place in line goes when the engine was taken for dead, such as while the machine slept.
      view = (await engine.holdView(view.id)) ?? (await engine.requestHold(request));
    }
  } finally {
    listening.dispose();
    stopTimer();
  }
}

function obstacleId(obstacle: HoldView['obstacle']): string {
  return obstacle === undefined ? '' : `${obstacle.holder.type} ${obstacle.holder.id} ${obstacle.path}`;
}
