/** Fields of a task as they were named before, and their names today. */
const RENAMED: Readonly<Record<string, string>> = {
  script_path: 'script', blender_script: 'blender', blender_script_path: 'blender', task_type: 'type', task_name: 'name', agent_id: 'agent',
  working_dir: 'cwd', working_directory: 'cwd', environment: 'env', depends_on: 'after', max_retries: 'retries', memory_limit: 'memoryLimit',
  timeout_seconds: 'timeout', retry_delay: 'backoff',
};

/** A task as it was written for earlier versions (`script_path`, `task_type`), in today's fields. What is written as today stays. */
export function olderTask(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const task: Record<string, unknown> = {};
  for (const [name, found] of Object.entries(value)) task[Object.hasOwn(RENAMED, name) ? RENAMED[name]! : name] = found;
  if (typeof task.command === 'string' && task.shell === undefined) task.shell = true;
  return task;
}
