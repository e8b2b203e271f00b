import type { TimeSpan } from '../../core/model/machine/machine-point.ts';
import type { Strategy } from '../../core/model/machine/strategy.ts';
import { FORMATS, PAGE_COMMANDS, type ToHost } from './protocol.ts';
import { SPAN_NAMES, type Look } from './shown.ts';

const STRATEGIES: readonly Strategy[] = ['normal', 'conserve', 'critical'];
const LONGEST_ID = 500;
const LONGEST_DATA = 200_000_000;

type Fields = Readonly<Record<string, unknown>>;

/** A message of a page, checked; `undefined` when it is none. */
export function readToHost(value: unknown): ToHost | undefined {
  if (!isFields(value)) return undefined;
  switch (value.type) {
    case 'ready':
    case 'look': {
      const look = readLook(value.look);
      return look === undefined ? undefined : { type: value.type, look };
    }
    case 'pin': {
      const strategy = value.strategy ?? undefined;
      return strategy === undefined || isOneOf(STRATEGIES, strategy) ? { type: 'pin', strategy } : undefined;
    }
    case 'apply':
    case 'undo':
    case 'dismiss':
      return isText(value.id, LONGEST_ID) && value.id !== '' ? { type: value.type, id: value.id } : undefined;
    case 'openLog':
      return isNumberOfRow(value.task) && isNumberOfRow(value.run) ? { type: 'openLog', task: value.task, run: value.run } : undefined;
    case 'command':
      return isOneOf(PAGE_COMMANDS, value.command) ? { type: 'command', command: value.command } : undefined;
    case 'save':
      return isOneOf(FORMATS, value.format) && isText(value.data, LONGEST_DATA) ? { type: 'save', format: value.format, data: value.data } : undefined;
    default:
      return undefined;
  }
}

/** What a page looks at; the zoom is dropped when it is none. */
export function readLook(value: unknown): Look | undefined {
  if (!isFields(value) || !isOneOf(SPAN_NAMES, value.span)) return undefined;
  return { span: value.span, zoom: isSpan(value.zoom) ? { from: value.zoom.from, to: value.zoom.to } : undefined };
}

function isSpan(value: unknown): value is TimeSpan {
  return isFields(value) && Number.isFinite(value.from) && Number.isFinite(value.to) && (value.from as number) < (value.to as number);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest;
}

function isNumberOfRow(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isOneOf<T extends string>(values: readonly T[], value: unknown): value is T {
  return (values as readonly unknown[]).includes(value);
}
