import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '../../../../src/core/store/open-database.ts';
import { Store } from '../../../../src/core/store/store.ts';
import { sampleSpec } from '../../../support/sample-spec.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

test('the next due time is the earliest one, and there is none when no task waits for its time', (t) => {
  const store = new Store(openDatabase(tempFolder(t), 'normal', 0).database);
  t.after(() => store.close());
  assert.equal(store.tasks.nextTimed(), undefined);
  store.write(() => {
    const batch = store.batches.insert('/lab', 'Batch', 0);
    for (const startAt of [0, 3000, 2000]) store.tasks.insert({ spec: sampleSpec({ startAt }), workspace: '/lab', batch, unmet: 0 }, 1000);
  });
  assert.equal(store.tasks.nextTimed(), 2000);
  store.write(() => store.tasks.openTimed(5000));
  assert.equal(store.tasks.nextTimed(), undefined);
});
