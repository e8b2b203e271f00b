import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import { Coalesced } from '../../core/engine/coalesced.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { milestoneOf } from '../../core/milestones/milestone-of.ts';
import { parseMilestones } from '../../core/milestones/parse-milestones.ts';
import { readProgress } from '../../core/milestones/read-progress.ts';
import type { Milestone, MilestoneProgress } from '../../core/model/milestone.ts';
import type { Role } from '../../core/model/role.ts';
import type { TaskSpec } from '../../core/model/spec.ts';
import { formatProblem } from '../../core/spec/problem.ts';

/** Milestones are worth a look every few seconds, not with every sample of a run. */
const GATHER_MS = 2000;

export const MILESTONE_ROLE = 'project_management';

interface MilestoneWatchPorts {
  readonly engine: Pick<EnginePort, 'milestoneTasks' | 'scripts' | 'status' | 'onDidChange'>;
  readonly roots: () => readonly string[];
  /** Roles as they are configured. */
  readonly configured: () => readonly Role[];
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** Follows how far the milestones of this window's folders are. */
export class MilestoneWatch implements Disposable {
  private readonly ports: MilestoneWatchPorts;
  private readonly emitter = new Emitter<readonly MilestoneProgress[]>();
  private readonly gathered: Coalesced;
  private readonly subscription: Disposable;
  private known: readonly MilestoneProgress[] = [];
  private told = '';

  readonly onDidChange = this.emitter.event;

  constructor(ports: MilestoneWatchPorts) {
    this.ports = ports;
    this.gathered = new Coalesced(ports.clock, () => void this.read().catch(ports.onError));
    this.subscription = ports.engine.onDidChange(() => {
      if (this.milestones().length > 0) this.gathered.request(GATHER_MS);
    });
  }

  get progress(): readonly MilestoneProgress[] {
    return this.known;
  }

  /** As they are written now; none while what is written is wrong, which is told once. */
  milestones(): readonly Milestone[] {
    const parsed = parseMilestones(this.ports.configured().find(({ name }) => name === MILESTONE_ROLE)?.options.milestones);
    if (parsed.ok) return parsed.value;
    const problem = parsed.error.map(formatProblem).join('; ');
    if (problem !== this.told) this.ports.onError(new Error(`The milestones cannot be read: ${problem}`));
    this.told = problem;
    return [];
  }

  nameFor(spec: TaskSpec): string | undefined {
    return milestoneOf(this.milestones(), spec)?.name;
  }

  settingsChanged(): void {
    this.gathered.request(0);
  }

  async read(): Promise<readonly MilestoneProgress[]> {
    const { engine, roots, clock } = this.ports;
    this.known = await readProgress(engine, roots(), this.milestones(), clock.now());
    this.emitter.fire(this.known);
    return this.known;
  }

  dispose(): void {
    this.subscription.dispose();
    this.gathered.dispose();
    this.emitter.dispose();
  }
}
