import { openDatabase } from '../../src/core/store/open-database.ts';
import { Store } from '../../src/core/store/store.ts';

/** Opens the store of a state folder for as long as `act` takes. */
export async function withStore<T>(home: string, act: (store: Store) => T | Promise<T>): Promise<T> {
  const store = new Store(openDatabase(home, 'normal', Date.now()).database);
  try {
    return await act(store);
  } finally {
    store.close();
  }
}
