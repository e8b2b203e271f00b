import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { ScheduleId } from '../../../src/core/model/ids.ts';
import type { ScheduleNode } from '../../../src/views/schedules/schedule-node.ts';
import { SchedulesModel, type SchedulesRedraw } from '../../../src/views/schedules/schedules-model.ts';
import { FakeEngine } from '../../support/fake-engine.ts';
import { ManualClock } from './manual-clock.ts';

const NOW = Date.parse('2030-01-31T08:00:00Z');

class SchedulesLab {
  readonly clock = new ManualClock(NOW);
  readonly engine = new FakeEngine();
  readonly model: SchedulesModel;
  readonly redraws: SchedulesRedraw[] = [];
  reads = 0;

  constructor(t: TestContext) {
    this.engine.now = NOW;
    const { engine, clock } = this;
    const schedules: typeof engine.schedules = (roots) => {
      this.reads++;
      return engine.schedules(roots);
    };
    this.model = new SchedulesModel({ engine: { schedules, onDidChange: engine.onDidChange }, roots: () => ['/lab'], clock, locale: 'en', onError: assert.ifError });
    this.model.onDidRedraw((redraw) => this.redraws.push(redraw));
    this.model.setVisible(true);
    t.after(() => this.model.dispose());
  }

  async add(name: string, workspace = '/lab'): Promise<ScheduleId> {
    const added = await this.engine.addSchedule(workspace, { name, every: '930s', tasks: [{ script: 'a.py' }] }, 'person');
    assert.ok(added.ok);
    return added.value;
  }

  async rows(): Promise<readonly string[]> {
    return (await this.model.children()).map(({ face }) => `${face.label}: ${face.description}`);
  }
}

void test('the schedules of the open folders, with their last runs below', async (t) => {
  const lab = new SchedulesLab(t);
  const id = await lab.add('Night');
  await lab.add('Elsewhere', '/other');
  lab.engine.scheduled.ran(id, { dueAt: NOW - 3_600_000, endedAt: NOW - 3_540_000 });
  assert.deepEqual(await lab.rows(), ['Night: in 15 min · every 15 min 30 s · last succeeded 59 min ago']);
  const [night] = await lab.model.children();
  const [run] = await lab.model.children(night);
  assert.deepEqual([run!.kind, run!.face.description, await lab.model.children(run)], ['scheduleRun', 'succeeded · ended 1 min later', []]);
});

void test('a change draws only what looks otherwise, and a node stays with its schedule', async (t) => {
  const lab = new SchedulesLab(t);
  const [first, second] = [await lab.add('First'), await lab.add('Second')];
  const before = await lab.model.children();
  await lab.engine.pauseSchedule(second, true);
  await lab.clock.advance(300);
  assert.deepEqual(lab.redraws.map((redraw) => (redraw === 'all' ? 'all' : redraw.map(({ face }: ScheduleNode) => `${face.label} ${face.description}`))), [['Second paused · every 15 min 30 s']]);
  assert.deepEqual(await lab.model.children(), before);
  lab.engine.changes.fire({ revision: 0, tasks: [] });
  await lab.clock.advance(300);
  assert.equal(lab.redraws.length, 1);
  await lab.engine.removeSchedule(first);
  await lab.clock.advance(300);
  assert.deepEqual([lab.redraws.at(-1), await lab.rows()], ['all', ['Second: paused · every 15 min 30 s']]);
});

void test('times are drawn anew as they pass, and nothing is read while nobody sees it', async (t) => {
  const lab = new SchedulesLab(t);
  await lab.add('Night');
  await lab.rows();
  await lab.clock.advance(61_000);
  assert.deepEqual(await lab.rows(), ['Night: in 14 min · every 15 min 30 s']);
  const drawn = lab.redraws.length;
  assert.ok(drawn >= 1);
  lab.model.setVisible(false);
  const { reads } = lab;
  lab.engine.changes.fire({ revision: 0, tasks: [] });
  await lab.clock.advance(600_000);
  assert.deepEqual([lab.redraws.length, lab.reads], [drawn, reads]);
  lab.model.setVisible(true);
  await lab.clock.advance(300);
  assert.equal(lab.reads, reads + 1);
});
