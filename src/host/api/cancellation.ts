import type { CancellationToken } from 'vscode';
import type { Event } from './event.ts';

/** A signal as extensions know one. */
export function tokenOf(signal: AbortSignal): CancellationToken {
  const onCancellationRequested: Event<unknown> = (listener, self, disposables) => {
    const heard = (): void => void listener.call(self, undefined);
    if (signal.aborted) queueMicrotask(heard);
    else signal.addEventListener('abort', heard, { once: true });
    const stop = { dispose: () => signal.removeEventListener('abort', heard) };
    disposables?.push(stop);
    return stop;
  };
  return {
    get isCancellationRequested() {
      return signal.aborted;
    },
    onCancellationRequested,
  };
}
