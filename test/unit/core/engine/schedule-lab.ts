import { ClockedEngine } from '../../../support/clocked-engine.ts';
import type { EngineOptions } from '../../../../src/core/engine/engine-options.ts';
import { scheduleId, type ScheduleId } from '../../../../src/core/model/ids.ts';
import type { ScheduleView } from '../../../../src/core/model/schedules/schedule-view.ts';
import { formatProblem } from '../../../../src/core/spec/problem.ts';

interface Owner {
  after(clean: () => Promise<void> | void): void;
}

export const TOOL = { command: ['tool'] };

/** A clocked engine with schedules; it is 2030-01-31T00:00 in UTC when it opens. */
export class ScheduleLab {
  readonly world: ClockedEngine;

  private constructor(world: ClockedEngine) {
    this.world = world;
  }

  static async open(t: Owner, options: Partial<EngineOptions> = {}): Promise<ScheduleLab> {
    return new ScheduleLab(await ClockedEngine.open(t, options));
  }

  /** The engine is gone for a while; another is there after it. */
  async away(ms: number): Promise<ScheduleLab> {
    await this.world.engine.close();
    await this.world.clock.advance(ms);
    const lab = new ScheduleLab(await this.world.next());
    await lab.world.settle();
    return lab;
  }

  /** Adds a schedule by the clocks of UTC. */
  async add(written: object): Promise<ScheduleId> {
    const result = await this.world.engine.schedules.addSchedule(this.world.lab, { name: 'sweep', timeZone: 'UTC', tasks: [TOOL], ...written }, 'person');
    if (!result.ok) throw new Error(result.error.map(formatProblem).join('; '));
    await this.world.settle();
    return result.value;
  }

  async view(id: ScheduleId = scheduleId(1)): Promise<ScheduleView> {
    return (await this.world.engine.schedules.schedules([])).find(({ schedule }) => schedule.id === id)!;
  }

  /** What became of each due time, the oldest first: `02:00 queued`, with a day when it is not the first. */
  async met(id?: ScheduleId): Promise<readonly string[]> {
    const { runs } = await this.view(id);
    return runs.map(({ dueAt, manual, state }) => `${manual ? 'by hand' : this.shown(dueAt)} ${state.type}`).reverse();
  }

  async next(id?: ScheduleId): Promise<string> {
    const { state } = await this.view(id);
    return state.type === 'due' ? this.shown(state.at) : state.type;
  }

  /** Ends the process that was started as the n-th. */
  async end(index: number, code = 0): Promise<void> {
    await this.world.exit(index, code);
    await this.world.advance(100);
  }

  private shown(at: number): string {
    const [day, time] = new Date(at).toISOString().slice(8, 19).split('T');
    return `${day === '31' ? '' : `${day} `}${time!.endsWith(':00') ? time!.slice(0, 5) : time!}`;
  }
}
