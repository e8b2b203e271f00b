import { UserError } from '../../core/base/user-error.ts';
import type { ScheduleView } from '../../core/model/schedules/schedule-view.ts';
import { nearest } from '../../core/spec/nearest.ts';

/** The schedules that words mean, by number or by name; all words are looked at before anything is done. @throws UserError */
export function namedSchedules(words: readonly string[], all: readonly ScheduleView[], workspace: string): readonly ScheduleView[] {
  return words.map((word) => {
    const byNumber = /^#?\d+$/.test(word) ? all.find(({ schedule }) => schedule.id === Number(word.replace('#', ''))) : undefined;
    if (byNumber !== undefined) return byNumber;
    const here = all.filter(({ schedule }) => schedule.workspace === workspace);
    const byName = here.filter(({ schedule }) => schedule.name === word);
    if (byName.length === 1) return byName[0]!;
    if (byName.length > 1) throw new UserError(`There are several schedules \`${word}\`:`, `say which by its number: ${byName.map(({ schedule }) => schedule.id).join(', ')}.`);
    const near = nearest(word, here.map(({ schedule }) => schedule.name));
    throw new UserError(`There is no schedule \`${word}\` in ${workspace};`, near === undefined ? '`parallel-workflow schedules` lists those there are.' : `did you mean \`${near}\`?`);
  });
}
