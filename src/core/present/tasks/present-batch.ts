import type { BatchView } from '../../engine/engine-port.ts';
import type { Face } from '../face.ts';
import { oneLine, rowLabel } from '../format/one-line.ts';
import { formatSpan } from '../format/run-span.ts';
import type { Icon } from './state-icon.ts';

/** A batch with its totals: `12 of 12 · 1 failed · 0:42`. */
export function presentBatch(batch: BatchView): Face {
  const { wallMs } = batch;
  const isOver = batch.finished >= batch.total;
  const parts = [`${batch.finished} of ${batch.total}`, ...(batch.failed > 0 ? [`${batch.failed} failed`] : []), ...(isOver && wallMs !== undefined ? [formatSpan(wallMs)] : [])];
  return {
    label: rowLabel(batch.name),
    description: parts.join(' · '),
    ...icon(batch, isOver),
    accessibility: `batch ${oneLine(batch.name)}, ${batch.finished} of ${batch.total} tasks finished${batch.failed > 0 ? `, ${batch.failed} failed` : ''}`,
    contextValue: ['batch', ...(isOver ? ['over'] : ['cancelable']), ...(isOver || batch.failed > 0 ? ['retryable'] : [])].join(' '),
  };
}

function icon(batch: BatchView, isOver: boolean): Icon {
  if (batch.failed > 0) return { icon: 'run-errors', iconColor: 'testing.iconFailed' };
  return isOver ? { icon: 'pass-filled', iconColor: 'testing.iconPassed' } : { icon: 'run-all', iconColor: 'charts.blue' };
}
