/** Fields of a task under the names that they have in Python programs. */
const OLDER: Readonly<Record<string, string>> = { script_path: 'script', agent_id: 'agent', task_type: 'type' };

/** A task in today's words, and how the field of a problem was called by whoever wrote it. */
export interface Renamed {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly asWritten: (where: string) => string;
}

/** Fields in snake case, and those with names of their own, become those of a batch file. Of two names for one field today's wins. */
export function withTodaysNames(task: Readonly<Record<string, unknown>>): Renamed {
  const fields: Record<string, unknown> = {};
  const older = new Map<string, string>();
  for (const [name, value] of Object.entries(task)) {
    const today = OLDER[name] ?? name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (value === undefined || (today in fields && today !== name)) continue;
    fields[today] = value;
    if (today !== name) older.set(today, name);
  }
  const asWritten = (where: string): string => where.replace(/^\w+/, (field) => older.get(field) ?? field);
  return { fields, asWritten };
}
