import type { HolderId } from '../../model/ids.ts';
import type { Store } from '../../store/store.ts';

/**
 * A holder lets go of its files and leaves every line: tasks right behind it are looked at again, and keep their places in
 * line until they start. Call it inside `store.write()`.
 */
export function letGo(store: Store, holder: HolderId): void {
  store.claims.release(holder);
  store.tasks.unparkBehind(holder);
}
