import type { ScriptReport } from '../../assessment/report.ts';
import { describeCounts, describeGrade, describeReasons } from './describe-grade.ts';
import type { Face } from '../face.ts';

/** The grade of a task's script, as a row below the task. */
export function presentGrade({ script, grade }: Pick<ScriptReport, 'script' | 'grade'>): Face {
  const why = describeReasons(grade);
  const label = `grade ${describeGrade(grade)}`;
  return {
    label,
    description: why === '' ? 'nothing to complain of' : why,
    icon: 'mortar-board',
    ...(grade.score < 50 && { iconColor: 'list.warningForeground' as const }),
    accessibility: `${label}, ${describeCounts(script.counts) || 'no findings'}`,
    contextValue: 'grade',
  };
}
