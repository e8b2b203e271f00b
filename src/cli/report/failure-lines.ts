import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import type { TaskView } from '../../core/engine/engine-port.ts';
import { isAsExpected } from '../../core/model/outcome.ts';
import { describeEnd } from '../../core/present/tasks/present-task.ts';
import { lastLines } from '../../core/present/format/tail-block.ts';
import { taskTitle } from '../follow/event-line.ts';
import type { Style } from '../terminal/style.ts';
import { printable } from '../terminal/text-width.ts';

const TASKS_SHOWN = 3;
const LINES_SHOWN = 6;
const TAIL_BYTES = 8192;

/** The last words of the tasks that did not end as expected, and where to read on. */
export function failureLines(views: readonly TaskView[], style: Style): string[] {
  const failed = views.filter(({ task: { state, spec }, run }) => run !== undefined && state.status === 'finished' && !isAsExpected(state.outcome, spec.expect) && state.outcome.type !== 'cancelled');
  const shown = failed.slice(0, TASKS_SHOWN).flatMap((view) => {
    const title = `${style('red', taskTitle(view))}: ${printable(view.task.state.status === 'finished' ? describeEnd(view.task, view.task.state.outcome) : '')}`;
    if (view.run!.startedAt === undefined) return ['', title];
    const words = lastLines(tailOf(path.join(view.run!.folder, 'stderr')), LINES_SHOWN);
    const lines = words.length > 0 ? words.map((line) => style('dim', `  ${line}`)) : [style('dim', '  (it wrote nothing to its error output)')];
    return ['', title, ...lines, `  all of it: parallel-workflow log ${view.task.id}${words.length > 0 ? ' --stderr' : ''}`];
  });
  const rest = failed.slice(TASKS_SHOWN).map(({ task }) => task.id);
  return rest.length === 0 ? shown : [...shown, '', `and ${rest.length} more that did not end as expected: ${rest.slice(0, 20).join(' ')}${rest.length > 20 ? ' …' : ''}`];
}

/** The end of a file; empty when it cannot be read. */
function tailOf(file: string): string {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const read = readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8', 0, read);
  } finally {
    closeSync(descriptor);
  }
}
