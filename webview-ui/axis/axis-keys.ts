import type { TimeAxis } from './time-axis.ts';

const KEY_ZOOM = 1.5;
/** Of what is visible. */
const CURSOR_STEP = 0.01;
const LEAP = 10;

/** Does what a key means on the time axis: arrows move the cursor, plus and minus zoom, Escape shows the whole span. False for other keys. */
export function obeyAxisKey(axis: TimeAxis, { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): boolean {
  const { from, to } = axis.window;
  const cursor = axis.cursor ?? to;
  const step = (to - from) * CURSOR_STEP * (shiftKey ? LEAP : 1);
  const moveTo = (time: number): void => axis.setCursor(Math.min(Math.max(time, from), to));
  switch (key) {
    case 'ArrowLeft':
      moveTo(cursor - step);
      return true;
    case 'ArrowRight':
      moveTo(cursor + step);
      return true;
    case 'Home':
      moveTo(from);
      return true;
    case 'End':
      moveTo(to);
      return true;
    case '+':
    case '=':
      axis.zoomAround(cursor, 1 / KEY_ZOOM);
      return true;
    case '-':
      axis.zoomAround(cursor, KEY_ZOOM);
      return true;
    case 'PageUp':
      axis.pan(-0.5);
      return true;
    case 'PageDown':
      axis.pan(0.5);
      return true;
    case 'Escape':
    case '0':
      axis.reset();
      return true;
    default:
      return false;
  }
}
