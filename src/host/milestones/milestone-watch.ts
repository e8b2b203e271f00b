import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import { Coalesced } from '../../core/engine/coalesced.ts';
import type { EnginePort, TaskView } from '../../core/engine/engine-port.ts';
import { milestoneOf } from '../../core/milestones/milestone-of.ts';
import { milestoneProgress } from '../../core/milestones/milestone-progress.ts';
import { parseMilestones } from '../../core/milestones/parse-milestones.ts';
import type { Milestone, MilestoneProgress } from '../../core/model/milestone.ts';
import type { Role } from '../../core/model/role.ts';
import type { TaskSpec } from '../../core/model/spec.ts';
import { formatProblem } from '../../core/spec/problem.ts';

/** Milestones are worth a look every few seconds, not with every sample of a run. */
const GATHER_MS = 2000;
/** Tasks of each group that are looked at; the latest. */
const MOST_TASKS = 5000;
const GROUPS = ['running', 'waiting', 'scheduled', 'finished'] as const;

export const MILESTONE_ROLE = 'project_management';

interface MilestoneWatchPorts {
  readonly engine: Pick<EnginePort, 'query' | 'scripts' | 'status' | 'onDidChange'>;
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
    const milestones = this.milestones();
    const [tasks, stats, width] = milestones.length === 0 || roots().length === 0 ? [[], [], 1] : await Promise.all([this.tasks(), engine.scripts(roots()), engine.status(roots()).then(({ limits }) => limits.total)]);
    const now = clock.now();
    this.known = milestones.map((milestone) => milestoneProgress(milestone, { tasks, stats, width, now }));
    this.emitter.fire(this.known);
    return this.known;
  }

  dispose(): void {
    this.subscription.dispose();
    this.gathered.dispose();
    this.emitter.dispose();
  }

  private async tasks(): Promise<readonly TaskView[]> {
    const { engine, roots } = this.ports;
    const pages = await Promise.all(GROUPS.map((group) => engine.query({ group, roots: roots(), offset: 0, limit: MOST_TASKS })));
    return pages.flatMap(({ items }) => items);
  }
}
