import { isWorse } from '../../core/assessment/grade-letter.ts';
import type { AssessmentReport, ScriptReport } from '../../core/assessment/report.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { Result } from '../../core/base/result.ts';
import type { EnginePort, Submitted, SubmitRequest } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import type { Problem } from '../../core/spec/problem.ts';
import type { AssessmentSettings } from '../settings/settings.ts';
import { scriptsInRequest } from './scripts-in-request.ts';

/** Queueing does not wait longer for grades; the tasks are queued as they are then. */
const PATIENCE_MS = 30_000;

/** Scripts below the threshold, the worst first; at least one. */
export interface PoorScripts {
  readonly scripts: readonly ScriptReport[];
  /** Of all scripts that were queued with them. */
  readonly report: AssessmentReport;
}

export interface QueueGateParts {
  readonly engine: Pick<EnginePort, 'submit' | 'views'>;
  readonly settings: () => AssessmentSettings;
  readonly clock: Clock;
  assess(files: readonly string[], signal: AbortSignal): Promise<AssessmentReport>;
  /** Tells of scripts that were queued though they are graded below the threshold. */
  tellWarned(poor: PoorScripts): void;
  /** Tells of tasks that are held for the grades of their scripts. */
  tellHeld(poor: PoorScripts, tasks: readonly TaskId[]): void;
  onError(error: unknown): void;
}

/** Stands before the queue: looks at the scripts that are queued, and warns of those graded below the threshold or holds them back. What goes wrong here keeps nothing out of the queue. */
export class QueueGate implements Pick<EnginePort, 'submit'> {
  private readonly parts: QueueGateParts;

  constructor(parts: QueueGateParts) {
    this.parts = parts;
  }

  async submit(request: SubmitRequest): Promise<Result<Submitted, readonly Problem[]>> {
    const { engine, settings } = this.parts;
    const scripts = settings().whenQueued === 'off' ? [] : scriptsInRequest(request);
    if (scripts.length === 0) return engine.submit(request);
    if (settings().whenQueued === 'hold') return this.submitHeld(request, scripts);
    const result = await engine.submit(request);
    if (result.ok) void this.poor(scripts).then((poor) => poor !== undefined && this.parts.tellWarned(poor));
    return result;
  }

  private async submitHeld(request: SubmitRequest, scripts: readonly string[]): Promise<Result<Submitted, readonly Problem[]>> {
    const { engine } = this.parts;
    const poor = await this.poor(scripts);
    if (poor === undefined) return engine.submit(request);
    const result = await engine.submit({ ...request, holdScripts: poor.scripts.map(({ script }) => script.path) });
    if (result.ok) void this.tellHeld(poor, result.value);
    return result;
  }

  private async tellHeld(poor: PoorScripts, { tasks }: Submitted): Promise<void> {
    try {
      const views = await this.parts.engine.views(tasks);
      this.parts.tellHeld(poor, views.filter(({ task }) => task.state.status === 'queued' && task.state.held).map(({ task }) => task.id));
    } catch (error) {
      this.parts.onError(error);
    }
  }

  /** Those below the threshold; none when the grades do not come. */
  private async poor(scripts: readonly string[]): Promise<PoorScripts | undefined> {
    const { clock, settings } = this.parts;
    const control = new AbortController();
    const cancel = clock.after(PATIENCE_MS, () => control.abort(new Error(`no grade within ${PATIENCE_MS / 1000} s`)));
    try {
      const report = await this.parts.assess(scripts, control.signal);
      const poor = report.scripts.filter(({ grade }) => isWorse(grade.letter, settings().threshold));
      return poor.length === 0 ? undefined : { scripts: poor, report };
    } catch (error) {
      this.parts.onError(error);
      return undefined;
    } finally {
      cancel();
    }
  }
}
