import type { TimeZone } from './time-zone.ts';

/** The instant of a text such as `2030-01-31T08:00`; without an offset it is what the zone's clocks read. `undefined` for a day that no calendar has. */
export function readMoment(text: string, zone: TimeZone): number | undefined {
  const iso = text.replace(' ', 'T');
  const hasOffset = /(Z|[+-]\d\d:\d\d)$/.test(iso);
  const [day = '', clock = ''] = iso.replace(/(Z|[+-]\d\d:\d\d)$/, '').split('T');
  const wall = Date.parse(`${day}T${clock}Z`);
  // A day beyond the end of its month is one of the next month for some.
  if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(day)) return undefined;
  return hasOffset ? Date.parse(iso) : zone.instantOf(wall);
}
