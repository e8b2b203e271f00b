import type { Face } from '../face.ts';

/** The row that stands for rows not loaded yet. */
export function presentMore(hidden: number, page: number, noun = 'task'): Face {
  const label = hidden > page ? `Show ${page} More…` : `Show ${hidden} More…`;
  const rest = `${hidden.toLocaleString('en')} ${noun}${hidden === 1 ? '' : noun === 'batch' ? 'es' : 's'} not shown`;
  return { label, description: rest, icon: 'ellipsis', accessibility: `${label} ${rest}`, contextValue: 'more' };
}
