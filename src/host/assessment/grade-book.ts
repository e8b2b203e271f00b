import { stat } from 'node:fs/promises';
import { AssessmentCache } from '../../core/assessment/assessment-cache.ts';
import { isPythonFile } from '../../core/assessment/find-scripts.ts';
import { gradeOf } from '../../core/assessment/grade.ts';
import { isSameStamp } from '../../core/assessment/read-script.ts';
import type { ScriptReport } from '../../core/assessment/report.ts';
import { pathKey } from '../../core/locks/path-key.ts';
import type { PastRuns } from './past-runs.ts';

/** The grades of scripts, as far as somebody has looked at them since they last changed: nothing is looked at for this. */
export class GradeBook {
  private readonly home: string;
  private readonly pastRuns: Pick<PastRuns, 'read'>;

  /** @param home the state folder. */
  constructor(home: string, pastRuns: Pick<PastRuns, 'read'>) {
    this.home = home;
    this.pastRuns = pastRuns;
  }

  async lookUp(file: string): Promise<ScriptReport | undefined> {
    if (!isPythonFile(file)) return undefined;
    const stamp = await stat(file).catch(() => undefined);
    const entry = stamp === undefined ? undefined : await new AssessmentCache(this.home).get(file);
    if (stamp === undefined || entry?.file.type !== 'assessed' || !isSameStamp(entry.stamp, stamp)) return undefined;
    const key = pathKey(file);
    const runs = (await this.pastRuns.read()).find(({ script }) => isPythonFile(script) && pathKey(script) === key);
    return { script: entry.file, grade: gradeOf(entry.file, runs), runs };
  }
}
