import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import { ok, type Result } from '../../core/base/result.ts';
import { Coalesced } from '../../core/engine/coalesced.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { milestoneOf } from '../../core/milestones/milestone-of.ts';
import { readProgress } from '../../core/milestones/read-progress.ts';
import type { Milestone, MilestoneProgress } from '../../core/model/milestone.ts';
import type { Role } from '../../core/model/role.ts';
import type { TaskSpec } from '../../core/model/spec.ts';
import { formatProblem } from '../../core/spec/problem.ts';
import { isSame } from '../settings/engine-settings.ts';

/** Milestones are worth a look every few seconds, not with every sample of a run. */
const GATHER_MS = 2000;

const NONE = (): Result<readonly Milestone[], never> => ok([]);

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
  private readonly rewritten = new Emitter<void>();
  private readonly gathered: Coalesced;
  private readonly subscription: Disposable;
  private inForce: readonly Milestone[] = [];
  private known: readonly MilestoneProgress[] = [];
  private told = '';

  /** How far they are was read again. */
  readonly onDidChange = this.emitter.event;
  /** Other milestones are in force. */
  readonly onDidRewrite = this.rewritten.event;

  constructor(ports: MilestoneWatchPorts) {
    this.ports = ports;
    this.gathered = new Coalesced(ports.clock, () => void this.read().catch(ports.onError));
    this.subscription = ports.engine.onDidChange(() => {
      if (this.inForce.length > 0) this.gathered.request(GATHER_MS);
    });
    this.settingsChanged();
  }

  get progress(): readonly MilestoneProgress[] {
    return this.known;
  }

  /** As they are written now; none while what is written is wrong, which is told once. */
  async milestones(): Promise<readonly Milestone[]> {
    // What checks them is loaded where there are any; by then they may have been rewritten.
    const parse = this.written === undefined ? NONE : (await import('../../core/milestones/parse-milestones.ts')).parseMilestones;
    const parsed = parse(this.written);
    const problem = parsed.ok ? '' : parsed.error.map(formatProblem).join('; ');
    if (problem !== '' && problem !== this.told) this.ports.onError(new Error(`The milestones cannot be read: ${problem}`));
    this.told = problem;
    const before = this.inForce;
    this.inForce = parsed.ok ? parsed.value : [];
    if (!isSame(before, this.inForce)) this.rewritten.fire();
    return this.inForce;
  }

  nameFor(spec: TaskSpec): string | undefined {
    return milestoneOf(this.inForce, spec)?.name;
  }

  settingsChanged(): void {
    this.milestones().then((milestones) => {
      if (milestones.length + this.known.length > 0) this.gathered.request(0);
    }, this.ports.onError);
  }

  async read(): Promise<readonly MilestoneProgress[]> {
    const { engine, roots, clock } = this.ports;
    this.known = await readProgress(engine, roots(), await this.milestones(), clock.now());
    this.emitter.fire(this.known);
    return this.known;
  }

  dispose(): void {
    this.subscription.dispose();
    this.gathered.dispose();
    this.emitter.dispose();
    this.rewritten.dispose();
  }

  private get written(): unknown {
    return this.ports.configured().find(({ name }) => name === MILESTONE_ROLE)?.options.milestones;
  }
}
