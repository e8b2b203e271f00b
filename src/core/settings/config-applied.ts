import type { EnginePort } from '../engine/engine-port.ts';
import { NO_ZONE } from '../config/config-values.ts';
import { valueAt } from '../config/config-unit.ts';
import type { ConfigProblem } from '../config/parse-config.ts';
import { formatProblem, pathOf } from '../spec/problem.ts';
import type { FoundConfig } from '../config/config-reader.ts';

const KEY = 'schedules';

/** Carries out the schedules that files hold. */
export class ConfigApplied {
  private readonly engine: Pick<EnginePort, 'syncFileSchedules' | 'schedules'>;
  /** Files whose schedules the engine has, with their roots. */
  private synced: ReadonlyMap<string, string> = new Map();

  constructor(engine: Pick<EnginePort, 'syncFileSchedules' | 'schedules'>) {
    this.engine = engine;
  }

  /** The files of these roots; resolves with what is wrong with schedules, by file. */
  async apply(roots: readonly string[], files: readonly FoundConfig[]): Promise<ReadonlyMap<string, readonly ConfigProblem[]>> {
    const problems = new Map<string, readonly ConfigProblem[]>();
    const now = new Map<string, string>();
    const written = files.filter(({ file }) => file === 'scheduler');
    // Of two files of a workspace the later has the word, as on all else.
    const heads = new Map(written.filter((each) => isUnclear(each) || schedulesIn(each) !== undefined).map((each) => [each.root, each]));
    for (const each of written) {
      const { path, root, placeAt } = each;
      const head = heads.get(root);
      // What the engine has of a file that cannot be understood stays.
      if (head !== undefined && isUnclear(head)) continue;
      now.set(path, root);
      const schedules = head === each ? (schedulesIn(each) ?? []) : [];
      const wrong = (await this.engine.syncFileSchedules(root, path, schedules)).filter(({ where }) => valueAt({ [KEY]: schedules }, pathOf(where)) !== NO_ZONE);
      if (wrong.length > 0) problems.set(path, wrong.map((problem) => ({ severity: 'error', message: formatProblem(problem), place: placeAt(pathOf(problem.where)) })));
    }
    // What another engine read from a file that is gone by now has to go as well. No roots would mean the whole machine.
    for (const { schedule } of roots.length === 0 ? [] : await this.engine.schedules(roots)) {
      if (schedule.source.type === 'file' && !now.has(schedule.source.path)) this.synced = new Map([...this.synced, [schedule.source.path, schedule.workspace]]);
    }
    for (const [path, root] of this.synced) if (!now.has(path) && !files.some((file) => file.path === path)) await this.engine.syncFileSchedules(root, path, []);
    this.synced = now;
    return problems;
  }
}

function isUnclear({ unclear }: FoundConfig): boolean {
  return unclear.includes(KEY);
}

function schedulesIn({ inForce }: FoundConfig): readonly unknown[] | undefined {
  return inForce?.find(({ key }) => key === KEY)?.value as readonly unknown[] | undefined;
}
