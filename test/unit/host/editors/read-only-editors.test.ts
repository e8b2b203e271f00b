import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReadOnlyEditors, type ActiveEditor, type EditedResource } from '../../../../src/host/editors/read-only-editors.ts';

/** VS Code's part: a front, and for each resource what was ordered for the session. */
class Window implements ActiveEditor<EditedResource> {
  front: string | undefined;
  readonly readOnly = new Set<string>();
  readonly orders: string[] = [];
  /** Called while an order is on its way. */
  meanwhile: (() => void) | undefined;

  get resource(): EditedResource | undefined {
    return this.front === undefined ? undefined : resource(this.front);
  }

  setReadOnly(): Promise<void> {
    return this.order('set', (key) => this.readOnly.add(key));
  }

  reset(): Promise<void> {
    return this.order('reset', (key) => this.readOnly.delete(key));
  }

  reveal({ key }: EditedResource): Promise<() => Promise<void>> {
    const before = this.front;
    this.front = key;
    return Promise.resolve(() => {
      this.front = before;
      return Promise.resolve();
    });
  }

  private async order(name: string, act: (key: string) => void): Promise<void> {
    const { meanwhile } = this;
    this.meanwhile = undefined;
    meanwhile?.();
    await Promise.resolve();
    this.orders.push(`${name} ${this.front}`);
    act(this.front!);
  }
}

function resource(key: string): EditedResource {
  return { key, file: key };
}

function world(remembered: readonly string[] = []) {
  const window = new Window();
  const locked = new Set<string>();
  const errors: unknown[] = [];
  let kept = remembered;
  const memory = { read: () => kept, write: (keys: readonly string[]) => void (kept = keys) };
  const editors = new ReadOnlyEditors(window, ({ file }) => locked.has(file), memory, (error) => errors.push(error));
  const show = (key: string | undefined): Promise<void> => {
    window.front = key;
    return editors.review();
  };
  return { window, locked, editors, show, errors, kept: () => kept };
}

test('an editor is made read-only when its file is locked, once, and set back when the lock has ended', async () => {
  const { window, locked, editors, show, kept } = world();
  await show('a');
  locked.add('a');
  await editors.review();
  await editors.review();
  assert.deepEqual(kept(), ['a']);
  locked.delete('a');
  await editors.review();
  await editors.review();
  assert.deepEqual([window.orders, kept()], [['set a', 'reset a'], []]);
});

test('an editor in the background gets its turn when it comes to the front', async () => {
  const { window, locked, show } = world();
  locked.add('b');
  await show('a');
  assert.deepEqual(window.orders, []);
  await show('b');
  await show('a');
  locked.delete('b');
  await show(undefined);
  assert.deepEqual(window.orders, ['set b']);
  await show('b');
  assert.deepEqual(window.orders, ['set b', 'reset b']);
});

test('what the user makes writable himself is left alone until the next lock', async () => {
  const { window, locked, show } = world();
  locked.add('a');
  await show('a');
  window.readOnly.delete('a');
  await show('b');
  await show('a');
  assert.equal(window.readOnly.has('a'), false);
});

test('an order that met another editor is made good on both', async () => {
  const { window, locked, editors, show } = world();
  await show('a');
  locked.add('a');
  window.meanwhile = () => (window.front = 'b');
  await editors.review();
  assert.deepEqual([...window.readOnly], [], 'b is not locked');
  await show('a');
  assert.deepEqual([...window.readOnly], ['a']);
  locked.delete('a');
  await editors.review();
  assert.deepEqual([...window.readOnly], []);
});

test('what an earlier extension host of the session left read-only is set back', async () => {
  const { window, locked, show } = world(['a', 'b']);
  window.readOnly.add('a').add('b');
  locked.add('b');
  await show('a');
  await show('b');
  assert.deepEqual([[...window.readOnly], window.orders], [['b'], ['reset a', 'set b']]);
});

test('a locked editor is writable for as long as something needs it to be, from the background too', async () => {
  const { window, locked, editors, show } = world();
  locked.add('a');
  await show('a');
  await show('b');
  const seen = await editors.whileWritable(resource('a'), () => Promise.resolve([window.front, window.readOnly.has('a')]));
  assert.deepEqual(seen, ['a', false]);
  assert.deepEqual([window.front, window.readOnly.has('a')], ['b', true]);
});

test('an editor that is not read-only yet does not become so while something needs it to be writable', async () => {
  const { window, locked, editors, show } = world();
  await show('a');
  const failing = editors.whileWritable(resource('a'), async () => {
    locked.add('a');
    await editors.review();
    throw new Error(`read-only: ${window.readOnly.has('a')}`);
  });
  await assert.rejects(failing, /read-only: false/);
  assert.equal(window.readOnly.has('a'), true);
});

test('a command that fails is told, and the next one is given', async () => {
  const { window, locked, show, errors } = world();
  locked.add('a');
  window.meanwhile = () => {
    throw new Error('no such command');
  };
  await show('a');
  assert.equal(errors.length, 1);
  await show('a');
  assert.deepEqual(window.orders, ['set a']);
});
