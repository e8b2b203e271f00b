import type { ScheduleRule } from '../model/schedule.ts';
import { nextDue } from './next-due.ts';
import type { TimeZone } from './time-zone.ts';

const FIRST_LOOK_MS = 60_000;

/** The latest due times from `first`, which is one itself, up to `now`; at most so many, in ascending order. However long ago the first was, only about so many are looked at. */
export function latestDues(rule: ScheduleRule, zone: TimeZone, first: number, now: number, most: number): readonly number[] {
  // Only due times after the look's begin are found, so that the last look begins just before the first.
  for (let look = FIRST_LOOK_MS; ; look *= 2) {
    const begin = Math.max(now - look, first - 1);
    const dues: number[] = [];
    for (let due = nextDue(rule, zone, begin); due !== undefined && due <= now; due = nextDue(rule, zone, due)) dues.push(due);
    if (dues.length >= most || begin === first - 1) return dues.slice(-most);
  }
}
