import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Emitter } from '../../../../src/core/base/emitter.ts';
import { DEFAULT_MACHINE_SETTINGS } from '../../../../src/core/model/machine/machine-settings.ts';
import { AdviceBook } from '../../../../src/views/dashboard/advice-book.ts';
import { DashboardSession } from '../../../../src/views/dashboard/dashboard-session.ts';
import type { ToPage } from '../../../../src/views/dashboard/protocol.ts';
import { FakeEngine } from '../../../support/fake-engine.ts';
import { ManualClock } from '../manual-clock.ts';

function start(engine = new FakeEngine()) {
  const clock = new ManualClock(1_000_000);
  const sent: ToPage[] = [];
  const errors: string[] = [];
  const done: string[] = [];
  const fromPage = new Emitter<unknown>();
  const note = (what: string): Promise<void> => Promise.resolve(void done.push(what));
  const nowhere = { has: () => false, place: () => 'user' as const, written: () => undefined, write: () => Promise.resolve() };
  const session = new DashboardSession(
    {
      engine, roots: () => ['/lab'], clock, thresholds: () => DEFAULT_MACHINE_SETTINGS.thresholds, onError: (error) => errors.push(String(error)), book: new AdviceBook(nowhere, { move: () => Promise.resolve(true) }, { get: () => undefined, update: () => Promise.resolve() }),
      actions: { openLog: (task, run) => note(`log ${task} ${run}`), command: note, pickFormat: () => Promise.resolve('png' as const), save: (format, data) => note(`save ${format} ${data}`) },
    },
    { send: (message) => sent.push(message), onMessage: (listener) => fromPage.event(listener) },
  );
  const names = (): readonly string[] => sent.splice(0).map((message) => (message.type === 'update' ? `${message.revision}${message.isWhole ? ' whole' : ''}: ${Object.keys(message.parts).join(' ')}` : message.format));
  return { session, clock, names, errors, done, say: (message: unknown) => fromPage.fire(message) };
}

const READY = { type: 'ready', look: { span: '10 min' } };
const ALL = 'machine strategy queue thresholds history tail detail runs decisions shadow scripts advice trouble';

void test('a page that says that it is ready gets all parts, then only those that change', async () => {
  const engine = new FakeEngine();
  const { session, clock, names, say } = start(engine);
  session.setVisible(true);
  await clock.advance(2000);
  assert.deepEqual(names(), [], 'nobody has asked');
  say(READY);
  await clock.advance(0);
  assert.deepEqual(names(), [`1 whole: ${ALL}`]);
  engine.now += 1000;
  await clock.advance(1000);
  assert.deepEqual(names(), ['2: machine tail']);
  session.dispose();
  assert.equal(clock.pending, 0);
});

void test('nothing is read and nothing is sent while the page is hidden', async () => {
  const engine = new FakeEngine();
  let looks = 0;
  const machine = engine.machine.bind(engine);
  engine.machine = () => {
    looks++;
    return machine();
  };
  const { session, clock, names, say } = start(engine);
  session.setVisible(true);
  say(READY);
  await clock.advance(0);
  session.setVisible(false);
  names();
  const before = looks;
  engine.changes.fire({ revision: 1, tasks: [] });
  await clock.advance(600_000);
  assert.deepEqual([names(), looks - before, clock.pending], [[], 0, 0]);
  engine.now += 600_000;
  session.setVisible(true);
  await clock.advance(0);
  assert.deepEqual(names(), ['2: machine history tail']);
});

void test('a task that changes brings the queue and the runs within a second', async () => {
  const engine = new FakeEngine();
  const { session, clock, names, say } = start(engine);
  session.setVisible(true);
  say(READY);
  await clock.advance(600);
  names();
  engine.start(engine.add());
  await clock.advance(1000);
  assert.match(names().join(), /queue/);
});

void test('another span is read anew; so is what is zoomed into', async () => {
  const { session, clock, names, say } = start();
  session.setVisible(true);
  say(READY);
  await clock.advance(0);
  names();
  say({ type: 'look', look: { span: '24 h' } });
  await clock.advance(0);
  assert.match(names().join(), /history/);
  say({ type: 'look', look: { span: '24 h', zoom: { from: 900_000, to: 950_000 } } });
  await clock.advance(0);
  assert.deepEqual(names().map((name) => name.replace(/^\d+: /, '')), ['detail']);
});

void test('a figure that cannot be read is told, the others go on', async () => {
  const engine = new FakeEngine();
  engine.scripts = () => Promise.reject(new Error('the disk is full'));
  const { session, clock, names, say } = start(engine);
  session.setVisible(true);
  say(READY);
  await clock.advance(0);
  assert.deepEqual(names(), [`1 whole: ${ALL.replace(' scripts', '')}`]);
  await clock.advance(4000);
  assert.doesNotMatch(names().join(), /trouble/, 'it is told until the figure can be read');
  engine.scripts = () => Promise.resolve([]);
  await clock.advance(1500);
  assert.match(names().join(), /scripts trouble/);
});

void test('orders of a page are carried out, and what is no order is not', async () => {
  const engine = new FakeEngine();
  const { session, clock, names, say, done, errors } = start(engine);
  session.setVisible(true);
  say(READY);
  await clock.advance(0);
  names();
  for (const message of [
    { type: 'pin', strategy: 'critical' }, { type: 'pin', strategy: 'panic' }, { type: 'pin' }, { type: 'openLog', task: 3, run: 4 }, { type: 'openLog', task: '3; rm', run: 4 }, { type: 'command', command: 'pauseQueue' },
    { type: 'command', command: 'workbench.action.terminal.sendSequence' }, { type: 'save', format: 'exe', data: '' }, { type: 'save', format: 'json', data: '{}' }, { type: 'apply', id: 'unknown' }, { type: 'command', command: 'export' }, 'pin', null, [], 7,
  ]) say(message);
  await clock.advance(0);
  assert.deepEqual(engine.orders, ['pin critical', 'pin nothing']);
  assert.deepEqual(done, ['log 3 4', 'pauseQueue', 'save json {}']);
  assert.deepEqual(errors, ['UserError: This recommendation no longer holds, since the figures behind it have changed.']);
  assert.ok(names().includes('png'));
});
