import { taskIdText } from '../task-ids.ts';
import type { TaskBoard } from './task-board.ts';

/** What becomes of tasks that somebody stops following, and how to look at them again. */
export function leavingText(board: TaskBoard): string {
  const { running, waiting } = board;
  const goesOn = [
    ...(running.length > 0 ? [running.length === 1 ? '1 task goes on running' : `${running.length} tasks go on running`] : []),
    ...(waiting.length > 0 ? [waiting.length === 1 ? '1 waits' : `${waiting.length} wait`] : []),
  ];
  const ids = taskIdText(board.openIds);
  const wait = ids === undefined ? 'parallel-workflow wait' : `parallel-workflow wait ${ids}`;
  const cancel = ids === undefined ? 'parallel-workflow cancel --all' : `parallel-workflow cancel ${ids}`;
  const width = Math.max(wait.length, cancel.length);
  return [
    `Left: ${goesOn.length === 0 ? 'the tasks go on' : goesOn.join(', ')}.`,
    `  ${wait.padEnd(width)}  starts what waits and follows it to the end`,
    `  ${cancel.padEnd(width)}  stops ${ids === undefined ? 'everything in the workspace' : board.openIds.length === 1 ? 'it' : 'them'}`,
    '',
  ].join('\n');
}
