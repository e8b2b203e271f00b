import { DEFAULT_PRIORITY } from '../priority.ts';
import type { Role } from './role.ts';

const MB = 1e6;

/** Scripts queued to it are judged, not run. */
export const ASSESSMENT_ROLE = 'script_assessment';

export const BUILT_IN_ROLES: readonly Role[] = [
  builtIn('resource_management', 'Resource Management', 'Watches the machine, reports when it is short, and cleans old logs and temporary folders.', 2, 0.25, 64),
  builtIn('task_management', 'Task Management', 'Looks after the queue: schedules, retries, dependencies, stuck and stale tasks, a daily summary.', 3, 0.25, 64),
  builtIn('agent_simulations', 'Agent Simulations', 'Runs simulations of the agents, each with an output folder of its own.', 4, 1, 256),
  builtIn('project_management', 'Project Management', 'Follows milestones by what their tasks came to, and reports on them.', 5, 0.25, 64),
  builtIn('gui_testing', 'GUI Testing', 'Finds and runs the GUI tests of the project.', 6, 1, 512),
  builtIn(ASSESSMENT_ROLE, 'Script Assessment', 'Judges Python scripts for quality and performance.', 7, 0.5, 128),
];

function builtIn(name: string, label: string, purpose: string, priority: number, cores: number, megabytes: number): Role {
  return { name, label, purpose, priority, requirement: { cores, memory: megabytes * MB }, enabled: true, options: {}, source: 'builtIn' };
}

export function builtInRole(name: string): Role | undefined {
  return BUILT_IN_ROLES.find((role) => role.name === name);
}

/** A role of which nothing but its name is known, since whoever brought it is gone. */
export function unknownRole(name: string): Role {
  return { name, label: name, purpose: 'Nobody says what it is for: its configuration or extension is gone.', priority: DEFAULT_PRIORITY, requirement: { cores: 0.25, memory: 32 * MB }, enabled: true, options: {}, source: 'code' };
}
