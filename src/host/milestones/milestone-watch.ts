import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import { UserError } from '../../core/base/user-error.ts';
import { Coalesced } from '../../core/engine/changes/coalesced.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { milestoneOf } from '../../core/milestones/milestone-of.ts';
import { readProgress } from '../../core/milestones/read-progress.ts';
import type { Milestone, MilestoneProgress } from '../../core/model/roles/milestone.ts';
import type { Role } from '../../core/model/roles/role.ts';
import type { TaskSpec } from '../../core/model/spec.ts';
import type { ParsedMilestones } from '../../core/spec/parse-milestones.ts';
import { formatProblem } from '../../core/spec/problem.ts';
import { isSame } from '../settings/is-same.ts';

/** Milestones are worth a look every few seconds, not with every sample of a run. */
const GATHER_MS = 2000;

const NONE = (): ParsedMilestones => ({ milestones: [], problems: [] });

export const MILESTONE_ROLE = 'project_management';

interface MilestoneWatchPorts {
  readonly engine: Pick<EnginePort, 'milestoneTasks' | 'scripts' | 'status' | 'onDidChange'>;
  readonly roots: () => readonly string[];
  /** Roles as they are configured for a folder. */
  readonly configured: (root: string) => readonly Role[];
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** Milestones, and the folders that have them together: those of the settings belong to all, those of a file to its folder. */
interface Shared {
  readonly roots: readonly string[];
  readonly milestones: readonly Milestone[];
}

/** Follows how far the milestones of this window's folders are. */
export class MilestoneWatch implements Disposable {
  private readonly ports: MilestoneWatchPorts;
  private readonly emitter = new Emitter<readonly MilestoneProgress[]>();
  private readonly rewritten = new Emitter<void>();
  private readonly gathered: Coalesced;
  private readonly subscription: Disposable;
  private inForce: readonly Shared[] = [];
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
      if (this.all.length > 0) this.gathered.request(GATHER_MS);
    });
    this.settingsChanged();
  }

  get progress(): readonly MilestoneProgress[] {
    return this.known;
  }

  /** Those of a folder. */
  async milestones(root: string): Promise<readonly Milestone[]> {
    return (await this.look()).find(({ roots }) => roots.includes(root))?.milestones ?? [];
  }

  nameFor(spec: TaskSpec): string | undefined {
    return milestoneOf(this.all, spec)?.name;
  }

  settingsChanged(): void {
    this.look().then(() => {
      if (this.all.length + this.known.length > 0) this.gathered.request(0);
    }, this.ports.onError);
  }

  async read(): Promise<readonly MilestoneProgress[]> {
    const { engine, clock } = this.ports;
    const shared = await this.look();
    this.known = (await Promise.all(shared.map(({ roots, milestones }) => readProgress(engine, roots, milestones, clock.now())))).flat();
    this.emitter.fire(this.known);
    return this.known;
  }

  dispose(): void {
    this.subscription.dispose();
    this.gathered.dispose();
    this.emitter.dispose();
    this.rewritten.dispose();
  }

  /** As they are written now, without those that are wrong, which is told once. */
  private async look(): Promise<readonly Shared[]> {
    // What checks them is loaded where there are any; by then they may have been rewritten.
    const parse = this.written().every(({ written }) => written === undefined) ? NONE : (await import('../../core/spec/parse-milestones.ts')).parseMilestones;
    const parsed = this.written().map(({ roots, written }) => ({ roots, ...parse(written) }));
    const problem = [...new Set(parsed.flatMap(({ problems }) => problems.map(formatProblem)))].join('; ');
    if (problem !== '' && problem !== this.told) this.ports.onError(new UserError(`Milestones are left out: ${problem};`, 'correct them in parallel_execution_config.json, or where the roles of your settings say them.'));
    this.told = problem;
    const before = this.inForce;
    this.inForce = parsed.map(({ roots, milestones }) => ({ roots, milestones }));
    if (!isSame(before, this.inForce)) this.rewritten.fire();
    return this.inForce;
  }

  private get all(): readonly Milestone[] {
    return this.inForce.flatMap(({ milestones }) => milestones);
  }

  private written(): readonly { readonly roots: readonly string[]; readonly written: unknown }[] {
    const byText = new Map<string | undefined, { readonly roots: string[]; readonly written: unknown }>();
    for (const root of this.ports.roots()) {
      const written = this.ports.configured(root).find(({ name }) => name === MILESTONE_ROLE)?.options.milestones;
      const text = JSON.stringify(written);
      const others = byText.get(text);
      if (others === undefined) byText.set(text, { roots: [root], written });
      else others.roots.push(root);
    }
    return [...byText.values()];
  }
}
