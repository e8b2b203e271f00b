import assert from 'node:assert/strict';
import { EditedFile } from './support/edited-file.ts';
import { gatedTasks } from './support/gated-tasks.ts';
import { eventually, Observer } from './support/observer.ts';

describe('a change on the disk', () => {
  let observer: Observer;
  before(async () => (observer = await Observer.open()));
  after(() => observer.close());

  it('is laid to the task that runs, as a guess, unless this window made it', async () => {
    const [saved, written] = [new EditedFile(), new EditedFile()];
    const { ids, open } = await gatedTasks(observer);
    const document = await saved.change('mine, ');
    assert.equal(await document.save(), true);
    written.write('two\n');
    const undeclared = await eventually('the change to be noted', async () => {
      const found = (await observer.view(ids[0]!)).run?.undeclared ?? [];
      return found.some(({ path }) => path === written.uri.fsPath) ? found : undefined;
    });
    assert.deepEqual(undeclared.map(({ path, guess }) => [path, guess]), [[written.uri.fsPath, true]]);
    open();
    await observer.reaches(ids[0]!, 'succeeded');
  });
});
