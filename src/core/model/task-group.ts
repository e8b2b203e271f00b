/** Groups of the task list. Scheduled: queued for a later time. */
export type TaskGroup = 'running' | 'waiting' | 'scheduled' | 'finished';
