import type { ScheduleRule } from '../model/schedules/schedule.ts';
import { nextDue } from './next-due.ts';
import type { TimeZone } from './time-zone.ts';

const FIRST_LOOK_MS = 60_000;

/** The latest due times from `first` up to `now`; at most so many, in ascending order. However long ago the first was, and however many there are, only about so many are looked at. */
export function latestDues(rule: ScheduleRule, zone: TimeZone, first: number, now: number, most: number): readonly number[] {
  // Only due times after the look's begin are found, so that the earliest look begins just before the first.
  const earliest = first - 1;
  let tooLate = now;
  let tooEarly: number | undefined;
  for (let begin = Math.max(now - FIRST_LOOK_MS, earliest); ; ) {
    const dues = firstDues(rule, zone, begin, now, 2 * most + 1);
    if (dues.length > 2 * most) tooEarly = begin;
    else if (dues.length >= most || begin <= earliest) return dues.slice(-most);
    else tooLate = begin;
    begin = tooEarly === undefined ? Math.max(now - 2 * (now - begin), earliest) : Math.floor((tooEarly + tooLate) / 2);
  }
}

function firstDues(rule: ScheduleRule, zone: TimeZone, begin: number, now: number, most: number): readonly number[] {
  const dues: number[] = [];
  for (let due = nextDue(rule, zone, begin); due !== undefined && due <= now && dues.length < most; due = nextDue(rule, zone, due)) dues.push(due);
  return dues;
}
