import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { ScheduleId } from '../../core/model/ids.ts';
import { taskTitle } from '../follow/event-line.ts';

const NAMED = 10;

/** What a schedule that a person has just run came to: `Queued #53 sweep.py.` */
export async function queuedBy(id: ScheduleId, engine: EnginePort): Promise<string> {
  const view = (await engine.schedules([])).find(({ schedule }) => schedule.id === id);
  const run = view?.runs.find(({ manual }) => manual);
  if (view === undefined || run === undefined) return 'It is gone already.';
  const { name } = view.schedule;
  switch (run.state.type) {
    case 'queued': {
      const titles = (await engine.views(run.tasks.slice(0, NAMED))).map(taskTitle);
      return `Queued ${titles.join(', ')}${run.tasks.length > NAMED ? ` and ${run.tasks.length - NAMED} more` : ''}.`;
    }
    case 'waiting':
      return `“${name}” is queued when its last run has ended.`;
    case 'skipped':
      return `“${name}” was not queued: too many of its runs wait for the one before them.`;
    case 'refused':
    case 'failed':
      return `“${name}” was not queued: ${run.state.message}`;
  }
}
