import type * as z from 'zod/mini';
import { WORK_FIELDS } from './read-work.ts';
import type { RawSpec } from './raw-spec.ts';

/** A spec without the fields that cannot be read, and the names of these. */
export interface ReadableFields {
  readonly fields: unknown;
  readonly unread: ReadonlySet<string>;
}

/** `undefined` when nothing of it can be read. */
export function readableFields(value: unknown, issues: readonly z.core.$ZodIssue[]): ReadableFields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const unread = new Set(issues.flatMap((issue) => (issue.path.length > 0 ? [String(issue.path[0])] : issue.code === 'unrecognized_keys' ? issue.keys : [])));
  return { fields: Object.fromEntries(Object.entries(value).filter(([name]) => !unread.has(name))), unread };
}

/** Whether it is clear what a task does although fields of it cannot be read: what else is wrong does not follow from these then. */
export function isWorkClear(raw: RawSpec, unread: ReadonlySet<string>): boolean {
  if (WORK_FIELDS.some((field) => unread.has(field)) || unread.has('shell')) return false;
  return WORK_FIELDS.some((field) => raw[field] !== undefined) && (typeof raw.command !== 'string' || raw.shell === true);
}
