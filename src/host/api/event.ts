import type { Event as HostEvent } from 'vscode';
import type { Event as CoreEvent } from '../../core/base/emitter.ts';

export type Event<T> = HostEvent<T>;

/** An event of ours as extensions know one, with what they are told instead of what it says. */
export function eventOf<T, U>(event: CoreEvent<T>, told: (value: T) => readonly U[]): Event<U> {
  return (listener, self, disposables) => {
    const stop = event((value) => {
      for (const each of told(value)) listener.call(self, each);
    });
    disposables?.push(stop);
    return stop;
  };
}
