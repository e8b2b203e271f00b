import type { TimeSpan } from '../src/core/model/machine/machine-point.ts';
import { readLook } from '../src/views/dashboard/read-to-host.ts';
import type { SpanName } from '../src/views/dashboard/shown.ts';
import { isSortKey, type SortKey } from './sections/sort-scripts.ts';

/** What of a page survives that it is hidden or reloaded. */
export interface PageState {
  readonly span: SpanName;
  /** The part of the span that is visible; all of it when undefined. */
  readonly zoom: TimeSpan | undefined;
  readonly sort: { readonly key: SortKey; readonly isDescending: boolean };
  /** Pixels from the top. */
  readonly scroll: number;
}

export const FIRST_STATE: PageState = { span: '10 min', zoom: undefined, sort: { key: 'lastAt', isDescending: true }, scroll: 0 };

/** What was kept, as far as it still means something. */
export function readPageState(value: unknown): PageState {
  const kept = (typeof value === 'object' && value !== null ? value : {}) as { readonly [K in keyof PageState]?: unknown };
  const sort = kept.sort as { readonly key?: unknown; readonly isDescending?: unknown } | undefined;
  const { span, zoom } = readLook({ span: kept.span, zoom: kept.zoom }) ?? FIRST_STATE;
  return {
    span,
    zoom,
    sort: isSortKey(sort?.key) ? { key: sort.key, isDescending: sort.isDescending === true } : FIRST_STATE.sort,
    scroll: typeof kept.scroll === 'number' && kept.scroll >= 0 ? kept.scroll : 0,
  };
}
